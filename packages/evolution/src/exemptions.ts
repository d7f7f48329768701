import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { evolutionFinding, isFinal, lowered } from './finding.js';
import type { EvolutionFinding } from './finding.js';

/** A finding that somebody answers for, for a while. */
export interface Exemption {
  /** Fingerprint of the one finding that it covers. */
  readonly fingerprint: string;
  /** Why the break is right, in at least 40 characters. */
  readonly reason: string;
  /** Who is affected. */
  readonly affects: string;
  /** Last day on which it holds, YYYY-MM-DD, at most 90 days ahead. */
  readonly expires: string;
}

export const EXEMPTIONS_FILE = 'exemptions.json';

const SHORTEST_REASON = 40;
const LONGEST_DAYS = 90;
const DAY_MS = 86_400_000;

/** The entries of schemas/exemptions.json; null where the text is no list of them. */
export type ExemptionList = readonly unknown[] | null;

/** Reads schemas/exemptions.json; a missing file exempts nothing. */
export async function loadExemptions(directory: string): Promise<ExemptionList> {
  try {
    return parseExemptions(await readFile(path.join(directory, EXEMPTIONS_FILE), 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null;
  }
}

function parseExemptions(text: string): ExemptionList {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as unknown[]) : null;
  } catch {
    return null;
  }
}

export interface Exempted {
  /** What is wrong with the exemptions themselves. */
  readonly problems: readonly EvolutionFinding[];
  /** Exemptions that cover a finding, by fingerprint. */
  readonly used: ReadonlyMap<string, Exemption>;
}

/**
 * Finds out which exemptions cover an error. `today` is YYYY-MM-DD; without it nothing expires. Where only a part of the
 * surfaces was compared (`whole` is false), an unused one is no problem.
 */
export function applyExemptions(
  findings: readonly EvolutionFinding[],
  list: ExemptionList,
  today: string | undefined,
  whole: boolean,
): Exempted {
  const problems: EvolutionFinding[] = [];
  const problem = (
    rule: 'exemption-invalid' | 'exemption-expired' | 'exemption-unused',
    index: number,
    message: string,
  ): void => {
    problems.push(
      evolutionFinding(rule, {
        file: `schemas/${EXEMPTIONS_FILE}`,
        pointer: index < 0 ? '' : `/${index}`,
        message,
        about: [index],
      }),
    );
  };
  if (list === null) problem('exemption-invalid', -1, `schemas/${EXEMPTIONS_FILE} is not a list of exemptions`);
  const errors = new Map(findings.filter(({ level }) => level === 'error').map((each) => [each.fingerprint, each]));
  const held = new Set<string>();
  const used = new Map<string, Exemption>();
  for (const [index, entry] of (list ?? []).entries()) {
    const exemption = readExemption(entry, today);
    if (typeof exemption === 'string') {
      problem('exemption-invalid', index, exemption);
      continue;
    }
    const { fingerprint, expires } = exemption;
    const covered = errors.get(fingerprint);
    const expired = today !== undefined && expires < today;
    if (held.has(fingerprint)) problem('exemption-invalid', index, `${fingerprint} is exempted twice`);
    held.add(fingerprint);
    if (expired) problem('exemption-expired', index, `the exemption of ${fingerprint} expired on ${expires}`);
    if (covered === undefined && whole)
      problem('exemption-unused', index, `no error has the fingerprint ${fingerprint}`);
    if (covered === undefined) continue;
    if (isFinal(covered)) problem('exemption-invalid', index, `${covered.rule} cannot be exempted`);
    else if (!expired) used.set(fingerprint, exemption);
  }
  return { problems, used };
}

/** An exempted error. */
export function exemptedBy(finding: EvolutionFinding, { expires, reason }: Exemption): EvolutionFinding {
  return lowered(finding, `exempted until ${expires}: ${reason}`);
}

/** An entry of the list, or what is wrong with it. */
function readExemption(entry: unknown, today: string | undefined): Exemption | string {
  if (typeof entry !== 'object' || entry === null) return 'an exemption is an object';
  const { fingerprint, reason, affects, expires } = entry as Record<string, unknown>;
  if (typeof fingerprint !== 'string' || !/^[0-9a-f]{16}$/.test(fingerprint))
    return 'fingerprint is not sixteen hex digits';
  if (typeof reason !== 'string' || reason.trim().length < SHORTEST_REASON)
    return `the reason for ${fingerprint} is shorter than ${SHORTEST_REASON} characters`;
  if (typeof affects !== 'string' || affects.trim() === '')
    return `affects does not say who is concerned by ${fingerprint}`;
  if (typeof expires !== 'string' || !isDate(expires)) return `expires of ${fingerprint} is not a date (YYYY-MM-DD)`;
  const days = today === undefined ? 0 : (Date.parse(expires) - Date.parse(today)) / DAY_MS;
  if (days > LONGEST_DAYS) return `${fingerprint} expires in ${days} days, more than ${LONGEST_DAYS}`;
  return { fingerprint, reason, affects, expires };
}

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}
