import { releaseSchemas } from '@hedge-telemetry/evolution';
import type { ReleaseReport } from '@hedge-telemetry/evolution';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { schemaRoot, today } from '../schema-root.js';
import type { Terminal } from '../terminal.js';
import { comparing, exitOfDiff } from './schema-diff.js';

export interface SchemaReleaseOptions {
  readonly summary?: string;
  readonly dryRun?: boolean;
  readonly root?: string;
}

/** `schema release`: freezes what changed under the versions that follow from the changes. */
export async function schemaRelease(options: SchemaReleaseOptions, terminal: Terminal): Promise<ExitCode> {
  const root = schemaRoot(options.root, terminal);
  if (typeof root === 'number') return root;
  const report = await releaseSchemas({
    root,
    today: today(),
    dryRun: options.dryRun === true,
    onSurface: comparing(terminal),
    ...(options.summary === undefined ? {} : { summary: options.summary }),
  });
  if (terminal.json) terminal.out(JSON.stringify(record(report), null, 2));
  else terminal.out(...lines(report, options.dryRun === true));
  terminal.err(...renderFindings(report.findings, terminal.errStyle), ...advice(report));
  return exitOfRelease(report);
}

function lines({ released, files, stubs }: ReleaseReport, dryRun: boolean): string[] {
  return [
    ...released.map(({ surface, version }) => `${surface} ${version}`),
    ...stubs.map(({ surface, from, file }) => `${surface} ${from} -> ${from + 1}: ${file}`),
    ...files.map((file) => `${dryRun ? 'would write' : 'wrote'} ${file}`),
  ];
}

function advice({ outcome, stubs }: ReleaseReport): string[] {
  switch (outcome) {
    case 'released':
      return ['next: npm run generate'];
    case 'unchanged':
      return ['nothing changed since the last release'];
    case 'refused':
      return ['nothing was released'];
    case 'opened': {
      const unwritten = stubs.filter((each) => each.unwritten).map(({ file }) => file);
      return [
        'the change breaks documents or readers, so the next major version was opened; nothing was frozen',
        ...(unwritten.length === 0
          ? ['next: read the migrations']
          : [`next: write what stands as UNWRITTEN in ${unwritten.join(', ')}`]),
        'then: npm run generate, npm run format, npm test, and schema release again',
      ];
    }
  }
}

function record({ outcome, released, stubs, files, findings }: ReleaseReport): Record<string, unknown> {
  return { outcome, released, stubs, files, findings };
}

function exitOfRelease({ outcome, diff }: ReleaseReport): ExitCode {
  if (outcome === 'opened') return exitCodes.incompatible;
  return outcome === 'refused' ? exitOfDiff(diff) : exitCodes.clean;
}
