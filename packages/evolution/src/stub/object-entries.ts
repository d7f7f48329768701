import type { Schema } from '../tree/load.js';
import { code, keyed, literal, member, quoted } from './code.js';
import type { Code } from './code.js';
import type { Conversion, Pair } from './conversion.js';
import { initial, lostDefault } from './scalar.js';
import { shapeOf } from './shape.js';

/** What becomes of the keys of an object. */
interface Entries {
  /** Keys of the old object that do not stand in the new one as they are, as parts of a pattern. */
  readonly taken: readonly string[];
  /** Keys of the new object that are given a value. */
  readonly set: readonly Code[];
  /** Keys of the old object that have no place in the new one. */
  readonly dropped: readonly string[];
}

type Convert = (work: Conversion, pair: Pair, value: string) => Code | null;

/** Every key of the new object from its former key, from the schema, or left to be written. */
export function entriesOf(work: Conversion, pair: Pair, convert: Convert): Entries {
  const [before, after] = [shapeOf(work.from.root, pair.from), shapeOf(work.to.root, pair.to)];
  const heirs = work.heirOf(before.keys, after.keys);
  const source = new Map([...heirs].map(([old, heir]) => [heir, old]));
  const taken: string[] = [];
  const set: Code[] = [];
  for (const [key, schema] of after.keys) {
    const origin = source.get(key) ?? (before.keys.has(key) && !heirs.has(key) ? key : undefined);
    const old = origin === undefined ? undefined : before.keys.get(origin);
    if (key === 'schema' && work.to.tag !== null && isTag(schema)) {
      if (before.keys.has('schema')) taken.push('schema: _tag');
      set.push(code(`schema: ${literal(work.to.tag)}`));
    } else if (origin === undefined || old === undefined) {
      if (after.required.has(key)) set.push(entry(key, initial(schema, work.to.root)));
    } else {
      const value = member('document', origin);
      const types = [`${pair.types[0]}[${quoted(origin)}]`, `${pair.types[1]}[${quoted(key)}]`] as const;
      const converted = convert(work, { from: old, to: schema, path: [...pair.path, key], types }, value);
      const meant = lostDefault(old, work.from.root, schema, work.to.root);
      const demanded = !before.required.has(origin) && (after.required.has(key) || meant !== undefined);
      if (converted === null && origin === key && !demanded) continue;
      if (origin !== key) taken.push(`${keyed(origin)}: ${unusedName(origin)}`);
      const known = converted ?? code(value);
      const absent = meant === undefined ? initial(schema, work.to.root) : code(literal(meant));
      if (before.required.has(origin)) set.push(entry(key, known));
      else set.push(demanded ? filled(key, value, known, absent) : optional(key, value, known));
    }
  }
  const dropped = [...before.keys.keys()].filter((key) => !after.keys.has(key) && !heirs.has(key));
  taken.push(...dropped.map((key) => `${keyed(key)}: ${unusedName(key)}`));
  return { taken, set, dropped: dropped.map((key) => [...pair.path, key].join('/')) };
}

function entry(key: string, value: Code): Code {
  return code(`${keyed(key)}: ${value.code}`, value.remark);
}

function optional(key: string, old: string, value: Code): Code {
  return code(`...(${old} === undefined ? {} : { ${keyed(key)}: ${value.code} })`, value.remark);
}

/** A key that had been optional and is required, or whose absence meant something else. */
function filled(key: string, old: string, value: Code, absent: Code): Code {
  const remark = [absent.remark, value.remark].filter((each) => each !== '').join('; ');
  return code(`${keyed(key)}: ${old} === undefined ? ${absent.code} : ${value.code}`, remark);
}

function unusedName(key: string): string {
  return `_${key.replaceAll(/\W/g, '_')}`;
}

function isTag(schema: Schema): boolean {
  return typeof schema['const'] === 'string' && /_v[1-9]\d*$/.test(schema['const']);
}
