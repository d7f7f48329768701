import type { Reading } from '@hedge-telemetry/contract';
import type { ApiRiskTransition } from '../../../src/api/types.js';
import { serverNow, second } from '../model/clock.js';
import { duration } from '../model/format.js';
import { isKnown } from '../model/reading.js';
import { preferences } from '../model/prefs.js';
import { stateWords } from '../model/states.js';
import { status } from '../model/surfaces.js';
import { fullStamp } from '../model/time.js';
import { wordTone } from '../model/tones.js';
import { Value } from '../ui/value.js';
import { useStore } from '../ui/use-store.js';
import { useSurface } from '../ui/use-surface.js';

/** The mode in large letters; what is not a mode of the contract is as bad as the worst. */
export function RiskMode() {
  const risk = useSurface('risk_snapshot');
  const mode = risk.at('risk_mode');
  const tone = isKnown(mode) ? wordTone(mode.value) : stateWords[mode.state].tone;
  const isCalm = mode.state === 'fresh' && tone === 'good';
  return (
    <div class={`mode mode-${isCalm ? 'calm' : mode.state === 'fresh' || !isKnown(mode) ? tone : 'old'}`}>
      <div class="mode-word">
        <span class="mode-label">mode</span>
        <Value
          reading={mode}
          of="risk_snapshot:/risk_mode"
          tone={wordTone}
          meaning={
            mode.state === 'invalid' ? 'This is not a mode that the contract knows; treat it as the worst.' : undefined
          }
        />
      </div>
      <p class="mode-reason">
        <Value
          reading={risk.at('risk_mode_reason')}
          of="risk_snapshot:/risk_mode_reason"
          meaning="No reason is reported."
        />
      </p>
      <Since mode={mode} />
    </div>
  );
}

function Since({ mode }: { readonly mode: Reading<unknown> }) {
  const facts = useStore(status);
  const { zone } = useStore(preferences);
  useStore(second);
  const changes = facts?.risk_transitions ?? [];
  const since = isKnown(mode) ? sinceWhen(changes, mode.value) : null;
  if (since === null) return <p class="mode-since mute">since when: not known</p>;
  const isFirst = since === changes[0];
  return (
    <p class="mode-since">
      {isFirst ? 'since at least ' : 'since '}
      <time>{fullStamp(since.ts, zone)}</time> ({duration(Math.max(0, serverNow() - since.ts))})
    </p>
  );
}

/** The change that led to the mode in force; null where it was not seen. */
function sinceWhen(changes: readonly ApiRiskTransition[], mode: unknown): ApiRiskTransition | null {
  let begin: ApiRiskTransition | null = null;
  for (const change of changes.toReversed()) {
    if (change.mode !== null && change.mode !== mode) break;
    if (change.mode === mode) begin = change;
  }
  return begin;
}
