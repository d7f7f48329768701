import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A program that makes something out of the schemas. */
export interface Step {
  readonly what: string;
  /** Path of the program below the checkout, and what it is given. */
  readonly program: string;
  readonly parameters: readonly string[];
}

/** Puts files into the form that the checkout wants. */
export function formatStep(files: readonly string[]): Step {
  return { what: 'format', program: 'node_modules/prettier/bin/prettier.cjs', parameters: ['--write', ...files] };
}

/** What follows from a changed schema, in order: generated code, compiled code, and what is made from that. */
export const STEPS: readonly Step[] = [
  { what: 'generate', program: 'codegen/dist/main.js', parameters: ['generate', '--root', '.'] },
  { what: 'compile', program: 'node_modules/typescript/bin/tsc', parameters: ['-b'] },
  { what: 'docs', program: 'packages/cli/bin/hedge-telemetry.js', parameters: ['docs', '--root', '.'] },
  { what: 'lint', program: 'codegen/dist/main.js', parameters: ['lint', '--root', '.'] },
];

/** Runs a step in a checkout; what it printed where it failed, else null. */
export function runStep(root: string, { what, program, parameters }: Step): string | null {
  if (!existsSync(path.join(root, program)))
    return `${what}: ${program} is not there: this is no checkout, or it is not built`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? null : `${what}:\n${stdout}${stderr}`.trimEnd();
}
