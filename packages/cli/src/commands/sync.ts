import { once } from 'node:events';
import { createSync } from '@hedge-telemetry/sync';
import type { SyncReport } from '@hedge-telemetry/sync';
import { directoryTrouble } from '../directory.js';
import { exitCodes, exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { countFindings } from '../render/findings.js';
import { passReporter } from '../render/pass-reporter.js';
import { untilInterrupted } from '../signals.js';
import type { Terminal } from '../terminal.js';

export interface SyncCommandOptions {
  readonly from: string;
  readonly to: string;
  readonly once?: boolean;
  readonly watch?: boolean;
  readonly include?: readonly string[];
  readonly strict?: boolean;
}

/** `sync`: mirrors a logs directory, once or until it is interrupted, and reports every pass that did something. */
export async function sync(options: SyncCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { from, to, include = [], strict = false } = options;
  const trouble = await directoryTrouble(from, terminal);
  if (trouble !== null) return trouble;
  const report = passReporter(terminal, { hasActed, text: passText });
  if (options.once === true) {
    const pass = await terminal.progress.during('mirroring', createSync({ from, to, include, strict }).once());
    report(pass);
    return exitOf(pass.findings);
  }
  const { signal } = untilInterrupted();
  let exit: ExitCode = exitCodes.clean;
  const mirror = createSync({
    from,
    to,
    include,
    strict,
    onPass: (pass) => {
      report(pass);
      exit = exitOf(pass.findings);
    },
  });
  mirror.start();
  await once(signal, 'abort');
  await mirror.stop();
  report(await mirror.once());
  return exit;
}

function hasActed({ mirrored, lines, removed, removed_source, quarantined }: SyncReport): boolean {
  return lines > 0 || [mirrored, removed, removed_source, quarantined].some((files) => files.length > 0);
}

function passText({
  mirrored,
  unchanged,
  skipped,
  removed,
  removed_source,
  quarantined,
  lines,
  lag_bytes,
  lag_s,
  findings,
}: SyncReport): string {
  const parts = [
    `${mirrored.length} mirrored`,
    `${unchanged.length} unchanged`,
    `${skipped.length} skipped`,
    `${lines} lines`,
    ...(lag_bytes > 0 ? [`${lag_bytes} bytes behind`] : []),
    ...(lag_s !== null && lag_s >= 1 ? [`${Math.round(lag_s)} s behind`] : []),
    ...(quarantined.length > 0 ? [`${quarantined.length} files of the quarantine written`] : []),
    ...(removed.length + removed_source.length > 0
      ? [`${removed.length + removed_source.length} partial files removed`]
      : []),
    countFindings(findings),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
