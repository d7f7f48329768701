import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LegacyExplanation } from './explanation.js';

const LEGACY = fileURLToPath(new URL('../../../../schemas/legacy', import.meta.url));

/** The keys of the legacy dialects, once per schema; none where the installation holds no schemas. */
export function legacyKeys(): LegacyExplanation[] {
  if (!existsSync(LEGACY)) return [];
  const files = readdirSync(LEGACY, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.toSorted().flatMap(keysOfFile);
}

function keysOfFile(file: string): LegacyExplanation[] {
  const schema: unknown = JSON.parse(readFileSync(join(LEGACY, file), 'utf8'));
  const about = memberOf(schema, 'x-dialect');
  const surface = memberOf(about, 'surface');
  const dialect = typeof surface === 'string' ? `${surface}/${textOf(about, 'name') ?? ''}` : null;
  const found = new Map<string, LegacyExplanation>();
  for (const [key, property] of properties(schema)) {
    const meaning = textOf(property, 'description') ?? '';
    found.set(`${key} ${meaning}`, {
      kind: 'legacy',
      key,
      dialect,
      schema: `schemas/legacy/${file.replaceAll('\\', '/')}`,
      unit: textOf(property, 'x-unit'),
      meaning,
    });
  }
  return [...found.values()];
}

/** Every property that a schema declares, at any depth. */
function* properties(schema: unknown): Generator<readonly [string, unknown]> {
  if (typeof schema !== 'object' || schema === null) return;
  const declared = Array.isArray(schema) ? null : memberOf(schema, 'properties');
  if (typeof declared === 'object' && declared !== null) yield* Object.entries(declared);
  for (const child of Object.values(schema)) yield* properties(child);
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function textOf(value: unknown, key: string): string | null {
  const text = memberOf(value, key);
  return typeof text === 'string' ? text : null;
}
