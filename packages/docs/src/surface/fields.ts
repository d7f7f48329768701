import { exampleValue } from '../model/examples.js';
import { metricText, rangeText, meaningText, pointerPath, typeText, unitOf } from '../model/field-text.js';
import { fieldAnchor, fieldGroups, fieldRows, pathText } from '../model/fields.js';
import type { FieldGroup, FieldRow } from '../model/fields.js';
import type { SurfaceDocs } from '../source.js';
import { anchor, blocks, code, heading, link, prose, table } from '../text/markdown.js';
import { shownValue } from '../text/words.js';

/** The record types of a ledger that has several, and how they are told apart. */
export function typesRegion({ entry }: SurfaceDocs): string {
  const { tag, branches } = entry.root;
  if (tag === undefined || branches === undefined) return '';
  return blocks(
    heading(2, 'Record types', 'types'),
    `${code(tag)} tells them apart. A record of a type that is not listed is an [unknown-tag](../rules/unknown-tag.md).`,
    table(
      [code(tag), 'meaning', 'required keys'],
      Object.entries(branches).map(([branch, node]) => [
        link(code(branch), `#type-${branch}`),
        prose(node.description),
        (node.required ?? []).map((each) => code(each)).join(', '),
      ]),
    ),
  );
}

/** The fields: type, unit, since and meaning; one table per record type where a ledger has several. */
export function fieldsRegion(surface: SurfaceDocs): string {
  const groups = fieldGroups(surface.entry);
  return blocks(
    heading(2, 'Fields', 'fields'),
    `${code('*')} stands for every item of an array and every value of a map. A required key is always there; what is not known is null, never 0.`,
    ...groups.flatMap((group) => [...branchHead(group, surface), fieldTable(group)]),
  );
}

function branchHead({ branch, description }: FieldGroup, { entry }: SurfaceDocs): string[] {
  if (branch === null) return [];
  return [heading(3, code(`${entry.root.tag ?? ''}: ${branch}`), `type-${branch}`), prose(description)];
}

function fieldTable({ rows }: FieldGroup): string {
  return table(
    ['field', 'type', 'key', 'unit', 'since', 'meaning'],
    rows.map((row) => [
      `${anchor(fieldAnchor(row))}${code(pathText(row))}`,
      prose(typeText(row.node)),
      row.path.at(-1) === '*' ? '' : row.required ? 'required' : 'optional',
      unitOf(row.node) ?? '',
      row.node.since ?? '',
      meaningText(row.node),
    ]),
  );
}

/** What null and a missing key mean, and what the dashboard shows in their place. */
export function missingRegion({ entry }: SurfaceDocs): string {
  const rows = fieldRows(entry).filter(({ node, required }) => node.nullable || !required);
  if (rows.length === 0) return '';
  return blocks(
    heading(2, 'Where a value is missing', 'missing'),
    'The dashboard shows "not reported" for null and for a missing key, never 0 and never a good state. A required key that is missing is a [required-missing](../rules/required-missing.md) besides. Where the file itself is not there it shows "never written", where a value breaks the contract "invalid".',
    table(
      ['field', 'null means', 'a missing key means', 'the dashboard shows'],
      rows.map((row) => [
        fieldLink(row),
        row.node.nullable ? prose(row.node.whenNull ?? '') : 'null is not allowed',
        row.required ? 'the key is required' : prose(row.node.whenAbsent ?? ''),
        'not reported',
      ]),
    ),
  );
}

/** Ranges, examples, metrics and old names of the fields that have any. */
export function valuesRegion({ entry, examples, oldNames }: SurfaceDocs): string {
  const rows = fieldRows(entry).flatMap((row) => {
    const [range, metric] = [rangeText(row.node), metricText(row.node)];
    const example = row.node.kind === 'scalar' ? exampleValue(row, examples, entry.root.tag) : undefined;
    const old = (oldNames.get(pathText(row)) ?? []).map((each) => code(each)).join(', ');
    if (range === '' && metric === '' && example === undefined && old === '') return [];
    return [[fieldLink(row), range, example === undefined ? '' : shownValue(example), metric, old]];
  });
  if (rows.length === 0) return '';
  return blocks(
    heading(2, 'Values', 'values'),
    oldNames.size > 0 ? 'Old names are those of the [legacy dialects](#dialects), which readers still understand.' : '',
    oldNames.size > 0
      ? table(['field', 'allowed', 'example', 'metric', 'old names'], rows)
      : table(
          ['field', 'allowed', 'example', 'metric'],
          rows.map((row) => row.slice(0, 4)),
        ),
  );
}

/** Deprecated fields and what takes their place. */
export function deprecatedRegion({ entry }: SurfaceDocs): string {
  const rows = fieldRows(entry).filter(({ node }) => node.deprecated === true);
  if (rows.length === 0) return '';
  return blocks(
    heading(2, 'Deprecated fields', 'deprecated'),
    table(
      ['field', 'replaced by', 'declared until'],
      rows.map((row) => [
        fieldLink(row),
        row.node.replacedBy === undefined ? 'nothing' : code(pointerPath(row.node.replacedBy)),
        row.node.removeAfter ?? '',
      ]),
    ),
  );
}

/** A link to the row of a field on the same page. */
function fieldLink(row: FieldRow): string {
  return link(code(row.branch === null ? pathText(row) : `${row.branch}: ${pathText(row)}`), `#${fieldAnchor(row)}`);
}
