import { isStateName, majorsOf } from '@hedge-telemetry/contract';
import type { StateName } from '@hedge-telemetry/contract';
import { InvalidArgumentError } from 'commander';

/** The major version that documents of a surface are to have; null where the surface is not asked for. */
export type Target = (surface: StateName) => number | null;

const VERSION = /^([1-9]\d{0,3})(\.\d{1,6}\.\d{1,6})?$/;

/**
 * Reads what --to was given: "latest", a version for all surfaces ("1", "1.2.0"), or versions by surface
 * ("nav=2,positions=1"). Within a major version every reader accepts every document, so that the major is what counts.
 */
export function targetOption(text: string): Target {
  if (text === 'latest') return (surface) => majorsOf(surface).at(-1) ?? null;
  if (!text.includes('=')) {
    const major = majorOf(text);
    return () => major;
  }
  const majors = new Map<string, number>();
  for (const part of text.split(',')) {
    const [name = '', version = '', ...rest] = part.trim().split('=');
    if (!isStateName(name) || rest.length > 0) throw new InvalidArgumentError(`${part} names no state surface.`);
    majors.set(name, majorOf(version));
  }
  return (surface) => majors.get(surface) ?? null;
}

function majorOf(text: string): number {
  const match = VERSION.exec(text);
  if (match !== null) return Number(match[1]);
  throw new InvalidArgumentError('expected "latest", a version such as 1 or 1.2.0, or nav=2,positions=1.');
}
