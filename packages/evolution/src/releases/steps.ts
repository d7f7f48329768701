import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** A hand-written migration from one major version of a surface to the next. */
export interface MigrationStep {
  readonly surface: string;
  /** Major version that it migrates from. */
  readonly from: number;
  /** Path below the migrations directory. */
  readonly file: string;
  /** The generated stub still has parts that nobody has written. */
  readonly unwritten: boolean;
}

/** Stands in a generated stub where a person has to write a value. It is declared nowhere, so the stub does not compile. */
export const UNWRITTEN = 'UNWRITTEN';

const STEP = /^v([1-9]\d*)-to-v([1-9]\d*)\.ts$/;

/** File name of the step from a major version to the next. */
export function stepFile(surface: string, from: number): string {
  return `${surface}/v${from}-to-v${from + 1}.ts`;
}

/** The steps between major versions that exist, by surface and major. */
export async function listSteps(migrations: string): Promise<MigrationStep[]> {
  const paths = await readdir(migrations, { recursive: true }).catch(() => []);
  const steps: MigrationStep[] = [];
  for (const each of paths.map((one) => one.split(path.sep).join('/')).toSorted()) {
    const found = stepOf(each);
    if (found === null) continue;
    const text = await readFile(path.join(migrations, each), 'utf8');
    steps.push({ ...found, unwritten: new RegExp(`\\b${UNWRITTEN}\\b`).test(text) });
  }
  return steps;
}

/** The step that a path below the migrations directory stands for. */
export function stepOf(relative: string): Omit<MigrationStep, 'unwritten'> | null {
  const [surface, name, ...rest] = relative.split('/');
  const match = STEP.exec(name ?? '');
  if (surface === undefined || match === null || rest.length > 0) return null;
  const from = Number(match[1]);
  return Number(match[2]) === from + 1 ? { surface, from, file: relative } : null;
}

/** The major version that the working schema of a surface is in: one more than the last released where its step exists. */
export function workingMajor(
  surface: string,
  released: number | null,
  steps: readonly Pick<MigrationStep, 'surface' | 'from'>[],
): number {
  if (released === null) return 1;
  return steps.some((each) => each.surface === surface && each.from === released) ? released + 1 : released;
}
