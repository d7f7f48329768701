import type { Finding } from '@hedge-telemetry/contract';
import type { Terminal } from '../terminal.js';
import { renderFindings } from './findings.js';

/** How the passes of a sync are told. */
export interface PassWords<Pass> {
  /** The pass moved something. */
  readonly hasActed: (pass: Pass) => boolean;
  /** The pass in a few words, on one line. */
  readonly text: (pass: Pass) => string;
}

/** Prints a pass, as text or as JSON, unless it did nothing and found what the one before found. */
export function passReporter<Pass extends { readonly findings: readonly Finding[] }>(
  terminal: Terminal,
  { hasActed, text }: PassWords<Pass>,
): (pass: Pass) => void {
  let found: string | null = null;
  return (pass) => {
    const lines = renderFindings(pass.findings, terminal.errStyle);
    const isNews = found !== lines.join('\n');
    if (!isNews && !hasActed(pass)) return;
    found = lines.join('\n');
    terminal.out(terminal.json ? JSON.stringify(pass) : text(pass));
    if (isNews) terminal.err(...lines);
  };
}
