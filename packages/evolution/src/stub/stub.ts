import { UNWRITTEN } from '../releases/steps.js';
import type { Schema } from '../tree/load.js';
import { kebab } from '../tree/resolve.js';
import { tagOf } from '../views/views.js';
import { convert, objectFunction, unionFunction } from './conversion.js';
import type { Conversion, Pair, Side } from './conversion.js';
import { shapeOf } from './shape.js';

export interface Stub {
  /** The TypeScript module. */
  readonly text: string;
  /** Some values are left for a person to write. */
  readonly unwritten: boolean;
}

/**
 * The migration from one major version of a surface to the next: renames (x-renamed-from), unit changes (x-unit) and
 * values for new keys (default, else null where the field admits it) are filled in; whatever else needs a decision stands
 * as UNWRITTEN, which does not compile. `down` is there where every value of the old version can be had again.
 */
export function migrationStub(surface: string, from: number, before: Schema, after: Schema): Stub {
  const old = side(before, surface, from);
  const next = side(after, surface, from + 1);
  const up = direction('up', old, next, renames);
  const down = direction('down', next, old, (newer, older) => inverted(renames(older, newer)));
  const reversible = !down.text.includes(UNWRITTEN) && !up.lossy;
  const name = kebab(surface);
  const imports = [from, from + 1].map(
    (major) => `import type { ${typeName(before, major)} } from '../../../generated/types/${name}-v${major}.js';`,
  );
  const parts = [imports.join('\n'), `/** ${surface} ${from} to ${from + 1}. */\n${up.text}`];
  if (reversible) parts.push(`/** ${surface} ${from + 1} to ${from}. */\n${down.text}`);
  const text = `${parts.join('\n\n')}\n`;
  return { text, unwritten: text.includes(UNWRITTEN) };
}

function side(root: Schema, surface: string, major: number): Side {
  return { root, type: typeName(root, major), tag: tagOf(root) === null ? null : `${surface}_v${major}` };
}

function typeName(root: Schema, major: number): string {
  return `${String(root['title'])}V${major}`;
}

function direction(name: string, from: Side, to: Side, heirOf: Conversion['heirOf']): { text: string; lossy: boolean } {
  const helpers = new Map([[name, '']]);
  const work: Conversion = { name, from, to, heirOf, helpers, shared: new Map([['# #', name]]), dropped: [] };
  helpers.set(name, mainFunction(work));
  return { text: [...helpers.values()].join('\n\n'), lossy: work.dropped.length > 0 };
}

function mainFunction(work: Conversion): string {
  const { from, to, name } = work;
  const pair: Pair = { from: from.root, to: to.root, path: [], types: [from.type, to.type] };
  const [before, after] = [shapeOf(from.root, from.root), shapeOf(to.root, to.root)];
  if (before.kind === 'object' && after.kind === 'object') return objectFunction(work, pair, name);
  if (before.kind === 'union' && after.kind === 'union' && before.tag === after.tag)
    return unionFunction(work, pair, name);
  const { code, remark } = convert(work, pair, 'document') ?? { code: 'document', remark: '' };
  const head = `export function ${name}(document: ${from.type}): ${to.type} {`;
  return `${head}\n  return ${code};${remark === '' ? '' : ` // ${remark}`}\n}`;
}

function renames(older: ReadonlyMap<string, Schema>, newer: ReadonlyMap<string, Schema>): ReadonlyMap<string, string> {
  const heirs = new Map<string, string>();
  for (const [key, schema] of newer)
    for (const former of [schema['x-renamed-from']].flat())
      if (typeof former === 'string' && older.has(former) && !newer.has(former)) heirs.set(former, key);
  return heirs;
}

function inverted(map: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...map].map(([from, to]) => [to, from]));
}
