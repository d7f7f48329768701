import type { EnvironmentName } from '../../../src/api/types.js';
import { stateWords } from '../model/states.js';
import { status } from '../model/surfaces.js';
import { Age } from '../ui/age.js';
import { useStore } from '../ui/use-store.js';

const meanings: Readonly<Record<EnvironmentName, string>> = {
  LIVE: 'Real money.',
  TESTNET: "The exchange's testnet: no real money.",
  'DRY-RUN': 'Orders are not sent to an exchange.',
  DEMO: 'Simulated by the paper executor: no exchange, no money.',
  UNKNOWN: 'The telemetry does not say; take it for real money.',
};

/** Where the executor trades. */
export function EnvironmentBadge() {
  const environment = useStore(status)?.environment;
  if (environment === undefined) return null;
  const { name, evidence, state, timestamp } = environment;
  const isTrusted = state === 'fresh' || name === 'UNKNOWN';
  return (
    <span
      class={`badge badge-${name.toLowerCase()}`}
      title={`${meanings[name]}${evidence === null ? '' : ` (${evidence})`}`}
      data-environment={name}
      data-state={state}
    >
      {name === 'UNKNOWN' ? 'ENV UNKNOWN' : name}
      {isTrusted ? null : (
        <span class="badge-note">
          {stateWords[state].word}
          {timestamp === null ? null : (
            <>
              {' '}
              <Age timestamp={timestamp} />
            </>
          )}
        </span>
      )}
    </span>
  );
}

/** Says on every view that nothing on it is real. */
export function DemoBand() {
  const name = useStore(status)?.environment.name;
  if (name !== 'DEMO') return null;
  return (
    <p class="demo-band" role="note">
      <strong>DEMO DATA</strong> {meanings.DEMO}
    </p>
  );
}
