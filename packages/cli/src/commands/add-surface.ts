import { existsSync } from 'node:fs';
import path from 'node:path';

import { registry } from '@hedge-telemetry/contract';

import { addSurface } from '../draft/add-surface.js';
import { schemaPath } from '../draft/draft-surface.js';
import type { SurfaceKind } from '../draft/draft-surface.js';
import { formatStep, runStep, STEPS } from '../draft/steps.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { jsonText } from '../render/json.js';
import { renderPut } from '../render/put.js';
import { safe } from '../render/safe.js';
import { schemaRoot } from '../schema-root.js';
import type { Terminal } from '../terminal.js';

export interface AddSurfaceCommandOptions {
  readonly kind?: SurfaceKind;
  readonly from?: string;
  readonly renew?: boolean;
  readonly root?: string;
}

/** `add-surface NAME`: schema, examples, and everything that is generated from them. */
export async function addSurfaceCommand(
  name: string,
  options: AddSurfaceCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const root = schemaRoot(options.root, terminal);
  if (typeof root === 'number') return root;
  const trouble = troubleWith(name, options);
  if (trouble !== null) {
    terminal.err(`error: ${safe(trouble[0])}`, `  fix: ${trouble[1]}`);
    return exitCodes.usage;
  }
  const kind = kindOf(root, name, options);
  const added = await addSurface(name, { root, kind, from: options.from ?? null, renew: options.renew === true });
  if (terminal.json) terminal.out(jsonText(added));
  else terminal.out(...added.files.map((each) => renderPut(root, each)));
  terminal.err(...renderFindings(added.findings, terminal.errStyle));
  if (added.files.length === 0) {
    terminal.err(
      'error: nothing could be read from the file after --from; nothing was written',
      '  fix: Mend the file, or leave --from out for a frame to fill in.',
    );
    return exitCodes.io;
  }
  if (added.files.some(({ outcome }) => outcome === 'failed')) return exitCodes.io;
  const files = added.files.map(({ file }) => path.relative(root, file));
  const failed = [formatStep(files), ...STEPS].map((step) => runStep(root, step)).filter((each) => each !== null);
  terminal.err(...failed, ...advice(name, kind, added.questions, failed));
  return failed.length === 0 ? exitCodes.clean : exitCodes.contract;
}

/** What is wrong with what was given, and how to mend it. */
function troubleWith(name: string, { from, kind }: AddSurfaceCommandOptions): [string, string] | null {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    return [`${JSON.stringify(name)} cannot name a surface`, 'Use lower-case letters, digits and _, a letter first.'];
  const known = Object.hasOwn(registry, name) ? registry[name as keyof typeof registry] : null;
  if (known !== null && kind !== undefined && known.kind !== kind)
    return [`the contract has a ${known.kind} of the name ${name}`, 'Choose another name.'];
  if (from !== undefined && !existsSync(from))
    return [`there is no ${from}`, 'Give a .json or .jsonl file after --from.'];
  return null;
}

/** A surface that is there keeps its kind; otherwise it follows from what was given. */
function kindOf(root: string, name: string, { kind, from }: AddSurfaceCommandOptions): SurfaceKind {
  if (existsSync(path.join(root, 'schemas', schemaPath(name, 'ledger')))) return 'ledger';
  if (existsSync(path.join(root, 'schemas', schemaPath(name, 'state')))) return 'state';
  return kind ?? (from?.endsWith('.jsonl') === true ? 'ledger' : 'state');
}

function advice(name: string, kind: SurfaceKind, questions: number, failed: readonly string[]): string[] {
  const schema = `schemas/${schemaPath(name, kind)}`;
  if (questions > 0)
    return [
      `${questions} questions stand under x-unsure in ${schema}: answer each in the schema and remove it`,
      `then: hedge-telemetry schema release, and hedge-telemetry add-surface ${name} --renew, which makes examples and the rest anew`,
    ];
  if (failed.length > 0) return [`mend ${schema}, then: hedge-telemetry add-surface ${name} --renew`];
  return ['generated; next: UPDATE_CONFORMANCE=1 npx vitest run test/python, npm test'];
}
