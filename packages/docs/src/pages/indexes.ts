import { metricText, meaningText, unitOf } from '../model/field-text.js';
import { fieldAnchor, fieldRows, isLeaf, pathText } from '../model/fields.js';
import type { FieldRow } from '../model/fields.js';
import { region } from '../regions.js';
import type { Page } from '../regions.js';
import { surfacePage } from '../source.js';
import type { DocsSource, SurfaceDocs } from '../source.js';
import { blocks, code, heading, link, prose, table } from '../text/markdown.js';
import { unitMeaning } from '../text/words.js';

interface Place {
  readonly surface: SurfaceDocs;
  readonly row: FieldRow;
}

/** The indexes by field, unit, owner and metric. */
export function indexPages({ surfaces }: DocsSource): Page[] {
  const places = surfaces.flatMap((surface) => fieldRows(surface.entry).map((row) => ({ surface, row })));
  return [
    page('fields', fieldsIndex(places)),
    page('units', unitsIndex(places)),
    page('owners', ownersIndex(surfaces)),
    page('metrics', metricsIndex(places)),
  ];
}

function page(name: string, text: string): Page {
  return { file: `docs/index/${name}.md`, parts: [region('index', text)] };
}

/** Every key by its last name: the same key of several surfaces stands together. */
function fieldsIndex(places: readonly Place[]): string {
  const byKey = grouped(
    places.filter(({ row }) => row.path.at(-1) !== '*'),
    ({ row }) => row.path.at(-1) ?? '',
  );
  const letters = grouped([...byKey.keys()], (key) => key.charAt(0).toLowerCase());
  return blocks(
    heading(1, 'Fields'),
    'Every key of the contract, by its name. A key that several surfaces declare may have another meaning in each.',
    ...[...letters].flatMap(([letter, keys]) => [
      heading(2, letter.toUpperCase(), `letter-${letter}`),
      table(
        ['key', 'where', 'unit', 'meaning', 'old names'],
        keys.flatMap((key) =>
          distinct(byKey.get(key) ?? []).map(({ surface, row }) => [
            code(key),
            placeLink(surface, row),
            unitOf(row.node) ?? '',
            meaningText(row.node),
            (surface.oldNames.get(pathText(row)) ?? []).map((each) => code(each)).join(', '),
          ]),
        ),
      ),
    ]),
  );
}

/** A field that every record type of a ledger declares alike is listed once. */
function distinct(places: readonly Place[]): Place[] {
  const seen = new Set<string>();
  return places.filter(({ surface, row }) => {
    const key = [surface.entry.name, pathText(row), row.node.description].join('\n');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function unitsIndex(places: readonly Place[]): string {
  const leaves = places.filter(({ row }) => isLeaf(row) && unitOf(row.node) !== null && unitOf(row.node) !== 'none');
  const byUnit = grouped(leaves, ({ row }) => unitOf(row.node) ?? '');
  return blocks(
    heading(1, 'Units'),
    'A percent field holds percent points, a fraction the share itself; nothing guesses between them.',
    table(
      ['unit', 'stands for', 'fields'],
      [...byUnit].map(([unit, each]) => [
        link(code(unit), `#unit-${unit}`),
        prose(unitMeaning(unit)),
        String(each.length),
      ]),
    ),
    ...[...byUnit].flatMap(([unit, each]) => [
      heading(2, code(unit), `unit-${unit}`),
      table(
        ['field', 'meaning'],
        distinct(each).map(({ surface, row }) => [placeLink(surface, row), meaningText(row.node)]),
      ),
    ]),
  );
}

function ownersIndex(surfaces: readonly SurfaceDocs[]): string {
  const byOwner = grouped(surfaces, ({ entry }) => entry.owner);
  return blocks(
    heading(1, 'Owners'),
    'Who answers for the content of a surface, and who writes it.',
    ...[...byOwner].flatMap(([owner, each]) => [
      heading(2, prose(owner), `owner-${owner.replaceAll(/\W+/g, '-')}`),
      table(
        ['surface', 'file', 'writer'],
        each.map(({ entry }) => [
          link(entry.name, `../${surfacePage(entry)}`),
          code(`logs/${entry.file}`),
          prose(entry.writer),
        ]),
      ),
    ]),
  );
}

function metricsIndex(places: readonly Place[]): string {
  const rows = places.filter(({ row }) => row.node.metric !== undefined);
  return blocks(
    heading(1, 'Metrics'),
    'The dashboard exports them at `/metrics`, converted to base units. The alerting rules for Prometheus and the Grafana board that use them are in [monitoring](../monitoring/alerts.yml).',
    table(
      ['metric', 'field', 'meaning'],
      rows.map(({ surface, row }) => [metricText(row.node), placeLink(surface, row), meaningText(row.node)]),
    ),
  );
}

function placeLink({ entry }: SurfaceDocs, row: FieldRow): string {
  const text = `${entry.name}: ${row.branch === null ? '' : `${row.branch}: `}${pathText(row)}`;
  return link(code(text), `../${surfacePage(entry)}#${fieldAnchor(row)}`);
}

/** Groups by key, keys in order. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of items) {
    const key = keyOf(each);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
