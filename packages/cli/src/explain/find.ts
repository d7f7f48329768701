import { registry } from '@hedge-telemetry/contract';
import type { SurfaceEntry } from '@hedge-telemetry/contract';
import { nearest } from './edit-distance.js';
import type { Answer, Explanation, FieldExplanation } from './explanation.js';
import { ofField, ofSurface } from './from-registry.js';
import { legacyKeys } from './legacy.js';
import { fieldPlaces } from './places.js';
import type { FieldPlace } from './places.js';
import { allRules } from './rules.js';

const MAX_NEAREST = 5;

/**
 * Everything that a name stands for: a rule, a surface, a field, a metric, or a key of a legacy dialect; where it stands
 * for nothing, the names that are near. A field is named by its key, its path or its pointer, in which a star stands for
 * every item, alone or below its surface: "dd_frac", "nav.dd_frac", "/nav/dd_frac".
 */
export function explain(query: string): Answer {
  const name = query.trim();
  const rules = allRules();
  const legacy = legacyKeys();
  const entries = Object.values(registry);
  const fields = entries.flatMap((entry) => fieldsNamed(entry, name));
  const found: Explanation[] = [
    ...rules.filter(({ rule }) => rule === name),
    ...entries.filter((entry) => entry.name === name || entry.file === name).map(ofSurface),
    ...fields,
    ...legacy.filter(({ key, dialect }) => isLegacyName(name, key, dialect)),
  ];
  if (found.length > 0) return { query: name, found, nearest: [] };
  const names = [
    ...rules.map(({ rule }) => rule),
    ...entries.flatMap((entry) => [entry.name, ...namesOf(entry, name)]),
    ...legacy.map(({ key }) => key),
  ];
  return { query: name, found, nearest: nearest(name, names, MAX_NEAREST) };
}

/** The fields of a surface that a name stands for; kinds of record that declare the same are told once. */
function fieldsNamed(entry: SurfaceEntry, name: string): FieldExplanation[] {
  const told = new Map<string, FieldExplanation>();
  for (const place of fieldPlaces(entry)) {
    if (!spellings(entry, place).has(name)) continue;
    const field = ofField(entry, place);
    const key = JSON.stringify({ ...field, records: [], page: '' });
    const same = told.get(key);
    told.set(key, same === undefined ? field : { ...same, records: [...same.records, ...field.records] });
  }
  return [...told.values()];
}

/** Every way to name a field: its key, its pointer or path, each also below the surface, and its metric. */
function spellings({ name }: SurfaceEntry, { pointer, key, node }: FieldPlace): ReadonlySet<string> {
  const path = pointer.slice(1).replaceAll('/', '.');
  const plain = path.replaceAll(/\.?\*/g, '').replace(/^\./, '');
  const all = [
    key,
    pointer,
    path,
    plain,
    `/${name}${pointer}`,
    `${name}.${path}`,
    `${name}.${plain}`,
    `${name}.${key}`,
  ];
  return new Set([...all, node.metric?.name ?? ''].filter((each) => each !== ''));
}

/** Names of fields in the form in which the wanted one was given. */
function namesOf(entry: SurfaceEntry, wanted: string): string[] {
  const places = fieldPlaces(entry);
  if (wanted.startsWith('/')) return places.map(({ pointer }) => pointer);
  const keys = places.flatMap(({ key, node }) => [key, ...(node.metric === undefined ? [] : [node.metric.name])]);
  return wanted.includes('.') ? keys.map((key) => `${entry.name}.${key}`) : keys.filter((key) => key !== '');
}

function isLegacyName(name: string, key: string, dialect: string | null): boolean {
  return key === name || (dialect !== null && name === `${dialect.split('/')[0] ?? ''}.${key}`);
}
