import type { Converter, FieldNode } from '@hedge-telemetry/contract';
import type { Redaction, RedactionFinding } from './redact/index.js';

/**
 * Gives objects that are no plain data the form that the redaction has for them, before the contract's own rules take
 * them by their keys: what would be lost (a Map, a Set, an error) is kept. In a field for a text an error becomes one
 * line of it; in one for a number a decimal becomes the nearest number. What was done is added to `findings`.
 */
export function exotic({ convert }: Redaction, findings: RedactionFinding[]): Converter {
  return (value, node, pointer) => {
    const converted = convert(value);
    if (converted === undefined) return undefined;
    for (const each of converted.findings) findings.push({ ...each, pointer: pointer + each.pointer });
    return { value: fieldValue(converted.value, node) };
  };
}

function fieldValue(value: unknown, node: FieldNode | undefined): unknown {
  if (node?.kind !== 'scalar') return value;
  if (node.type === 'number' || node.type === 'integer') return typeof value === 'string' ? numeric(value) : value;
  return isErrorRecord(value) ? `${value.name}: ${value.message}`.replace(/[\r\n]+\s*/g, ' ') : value;
}

function numeric(text: string): unknown {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

function isErrorRecord(value: unknown): value is { readonly name: string; readonly message: string } {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && 'name' in value && 'message' in value;
}
