import type { StateName } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { exitOfState } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { renderSurface } from '../render/surface.js';
import type { Terminal } from '../terminal.js';

/** `show SURFACE`: the state of a surface, its fields, and what is wrong with it. */
export async function show(surface: StateName, { dir }: { dir: string }, terminal: Terminal): Promise<ExitCode> {
  const reading = await createReader({ dir }).read<StateName>(surface);
  if (terminal.json) terminal.out(JSON.stringify(reading, null, 2));
  else {
    terminal.out(...renderSurface(reading, terminal.outStyle));
    const ofFile = reading.findings.map((each) => ({ ...each, file: null, surface: null }));
    const findings = renderFindings(ofFile, terminal.outStyle);
    if (findings.length > 0) terminal.out('', ...findings);
  }
  return exitOfState(reading.state);
}
