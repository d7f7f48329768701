import type { Schema } from '../tree/load.js';
import { migrationStub } from './stub.js';

export const number: Schema = { type: 'number' };
export const measured = (unit: string, type: unknown = 'number'): Schema => ({ type, 'x-unit': unit });
export const nullable = (name: string): Schema => ({ anyOf: [{ $ref: `#/$defs/${name}` }, { type: 'null' }] });
export const object = (
  properties: Record<string, Schema>,
  required: readonly string[] = Object.keys(properties),
): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
export const nav = (
  properties: Record<string, Schema>,
  required?: readonly string[],
  $defs: Record<string, Schema> = {},
): Schema => ({
  title: 'Nav',
  ...object(properties, required),
  ...(Object.keys($defs).length === 0 ? {} : { $defs }),
});

export function stubOf(before: Schema, after: Schema): string {
  return migrationStub('nav', 1, before, after).text;
}
