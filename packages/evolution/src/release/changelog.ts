import { fieldsOf } from '../diff/fields.js';
import type { Field } from '../diff/fields.js';
import type { Tree } from '../diff/tree.js';
import { MIGRATIONS } from '../paths.js';
import { stepFile } from '../releases/steps.js';
import { compareVersions, majorOf } from '../releases/version.js';
import type { Schema } from '../tree/load.js';
import type { Frozen } from './freeze.js';
import { prose, table } from './markdown.js';

export interface EntryParts {
  readonly frozen: readonly Frozen[];
  readonly tree: Tree;
  /** Null where git cannot tell. */
  readonly tests: readonly string[] | null;
  readonly summary: string | undefined;
}

/** The changelog with an entry in the contract's patch format above the others. */
export function changelogWith(text: string, parts: EntryParts): string {
  const at = text.search(/^## /m);
  const entry = changelogEntry(parts);
  return at < 0 ? `${text.trimEnd()}\n\n${entry}` : `${text.slice(0, at)}${entry}\n${text.slice(at)}`;
}

/** Summary, changes file by file, tests, invariants, dashboard compatibility, new fields: the contract's six parts. */
export function changelogEntry(parts: EntryParts): string {
  const { frozen, tree, tests } = parts;
  const changes = frozen.map((each) => changeOf(each, tree));
  const sections: [string, readonly string[]][] = [
    ['Summary', [parts.summary ?? summary(changes)]],
    ['Changes, file by file', changes.flatMap(fileLines)],
    ['Tests', testLines(tests)],
    ['Invariants preserved', invariantLines(frozen)],
    ['Dashboard compatibility', compatibilityLines(parts)],
    ['New fields', newFieldLines(changes)],
  ];
  return `## ${title(frozen)}\n\n${sections.map(([name, lines]) => `### ${name}\n\n${lines.join('\n')}\n`).join('\n')}`;
}

/** What one release changed against the one before it. */
interface Change {
  readonly surface: string;
  readonly version: string;
  readonly first: boolean;
  readonly from: number | null;
  readonly file: string;
  readonly added: readonly Field[];
  readonly removed: readonly Field[];
}

function changeOf({ surface, version, schema, file }: Frozen, tree: Tree): Change {
  const before = tree.releases.of(surface).findLast((each) => compareVersions(each.version, version) < 0);
  const now = fieldsOf(schema);
  const old = before === undefined ? new Map<string, Field>() : fieldsOf(before.schema);
  const major = before !== undefined && before.major < majorOf(version);
  return {
    surface,
    version,
    file,
    first: before === undefined,
    from: major ? before.major : null,
    added: [...now.values()].filter(({ path }) => path !== '' && !old.has(path)),
    removed: [...old.values()].filter(({ path }) => path !== '' && !now.has(path)),
  };
}

const MOST_IN_TITLE = 4;

function title(frozen: readonly Frozen[]): string {
  if (frozen.length <= MOST_IN_TITLE) return frozen.map(({ surface, version }) => `${surface} ${version}`).join(', ');
  const versions = [...new Set(frozen.map(({ version }) => version))].toSorted(compareVersions);
  return `${frozen.length} surfaces, ${versions.join(', ')}`;
}

function summary(changes: readonly Change[]): string {
  const first = changes.filter((each) => each.first).map(({ surface }) => surface);
  const said = changes
    .filter((each) => !each.first)
    .map(({ surface, from, added, removed }) => {
      const counts = [counted(added.length, 'field', 'added'), counted(removed.length, 'field', 'removed or renamed')];
      const what = counts.filter((each) => each !== '').join(', ') || 'other changes';
      return `${surface}: ${what}${from === null ? '' : ', with a migration'}`;
    });
  if (first.length > 0) said.push(`first release of ${first.join(', ')}`);
  return `${said.join('; ')}.`;
}

function counted(count: number, noun: string, verb: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'} ${verb}`;
}

function fileLines({ surface, version, file, first, from, added, removed }: Change): string[] {
  const listed = (fields: readonly Field[]): string => fields.map(({ path }) => `\`${path}\``).join(', ');
  const parts = first
    ? ['first release']
    : [
        ...(added.length > 0 ? [`adds ${listed(added)}`] : []),
        ...(removed.length > 0 ? [`no longer has ${listed(removed)}`] : []),
      ];
  const lines = [
    `- \`schemas/${file}\`: ${surface} ${version}, ${parts.join('; ') || 'annotations or constraints only'}.`,
  ];
  if (from !== null)
    lines.push(`- \`${MIGRATIONS}/${stepFile(surface, from)}\`: migrates ${surface} ${from} to ${from + 1}.`);
  return lines;
}

function testLines(tests: readonly string[] | null): string[] {
  if (tests === null) return ['The repository has no earlier release to tell from.'];
  return tests.length === 0 ? ['None was touched.'] : tests.map((file) => `- \`${file}\``);
}

function invariantLines(frozen: readonly Frozen[]): string[] {
  const lines = frozen.flatMap(({ surface, schema }) =>
    invariantsOf(schema).map(({ id, formula }) => `- ${surface}: \`${formula}\` (${id})`),
  );
  return lines.length === 0 ? ['The surfaces concerned declare none.'] : lines;
}

function invariantsOf(schema: Schema): { id: string; formula: string }[] {
  const list = (schema['x-surface'] as Record<string, unknown> | undefined)?.['invariants'];
  return Array.isArray(list) ? (list as { id: string; formula: string }[]) : [];
}

function compatibilityLines(parts: EntryParts): string[] {
  const first = parts.frozen.filter(({ surface }) => parts.tree.releases.of(surface).length === 0);
  const later = parts.frozen.filter((each) => !first.includes(each)).map((each) => compatibilityLine(each, parts));
  if (first.length === 0) return later;
  return [
    ...later,
    `- First versions, with nothing to be compatible with: ${first.map(({ surface }) => surface).join(', ')}.`,
  ];
}

function compatibilityLine({ surface, version, entry }: Frozen, { tree }: EntryParts): string {
  const earlier = tree.releases.of(surface);
  const major = majorOf(version);
  const same = earlier.filter((each) => each.major === major).map((each) => each.version);
  const older = earlier.filter((each) => each.major < major).map((each) => each.version);
  const accepted = entry.accepted.map(({ rule, fingerprint }) => `\`${rule}\` (${fingerprint})`);
  const but = accepted.length === 0 ? ', proved' : `, proved but for accepted breaks: ${accepted.join(', ')}`;
  const parts = [
    ...(same.length > 0 ? [`compatible both ways with ${same.join(', ')}${but}`] : []),
    ...(older.length > 0
      ? [`documents of ${older.join(', ')} are migrated when read; readers of those versions refuse its documents`]
      : []),
  ];
  return `- ${surface} ${version}: ${parts.join('; ')}.`;
}

function newFieldLines(changes: readonly Change[]): string[] {
  const rows = changes
    .filter(({ first }) => !first)
    .flatMap(({ surface, added }) =>
      added.map(({ path, facts }) => [
        surface,
        `\`${path}\``,
        typeOf(facts),
        String(facts['x-unit'] ?? ''),
        prose(String(facts['description'] ?? '')),
      ]),
    );
  if (rows.length === 0) return ['None.'];
  return table([['surface', 'field', 'type', 'unit', 'meaning'], ...rows]);
}

function typeOf(facts: Schema): string {
  const type = [facts['type']].flat().filter((each) => typeof each === 'string');
  return type.length > 0 ? type.join(' or ') : 'see schema';
}
