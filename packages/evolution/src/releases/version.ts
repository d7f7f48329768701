/** MAJOR.MINOR.PATCH. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** How far apart two versions are: annotations only, compatible both ways, or not. */
export type Step = 'none' | 'patch' | 'minor' | 'major';

/** The version of a surface that has never been released. */
export const FIRST_VERSION = '1.0.0';

/** Reads MAJOR.MINOR.PATCH; null where the text is none. */
export function parseVersion(text: string): Version | null {
  const match = /^(0|[1-9]\d{0,6})\.(0|[1-9]\d{0,6})\.(0|[1-9]\d{0,6})$/.exec(text);
  return match === null ? null : { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

/** Major version of a version that is known to be well-formed. */
export function majorOf(text: string): number {
  return parseVersion(text)?.major ?? 0;
}

/** Negative where `a` comes before `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (left === null || right === null) return a < b ? -1 : 1;
  return left.major - right.major || left.minor - right.minor || left.patch - right.patch;
}

/** The version one step on. */
export function bump(text: string, step: Step): string {
  const { major, minor, patch } = parseVersion(text) ?? { major: 0, minor: 0, patch: 0 };
  if (step === 'major') return `${major + 1}.0.0`;
  if (step === 'minor') return `${major}.${minor + 1}.0`;
  return step === 'patch' ? `${major}.${minor}.${patch + 1}` : text;
}
