import type { Incident, Incidents } from './incidents.js';

const LOOK_MS = 200;

/** Says what goes wrong when it begins and when it ends, until the signal is aborted. */
export function narrate(incidents: Incidents, say: (line: string) => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  let last: Incident | null = null;
  const timer = setInterval(() => {
    const current = incidents.current();
    if (current === last) return;
    if (current === null) say('quiet: everything is as it should be');
    else say(`incident: ${current.title} Look at: ${current.lookAt}.`);
    last = current;
  }, LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
