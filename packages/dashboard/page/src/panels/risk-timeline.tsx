import type { ApiRiskTransition, ApiStatus } from '../../../src/api/types.js';
import { Timeline } from '../charts/timeline.js';
import type { Stretch } from '../charts/timeline.js';
import { second, serverNow } from '../model/clock.js';
import { counted, duration } from '../model/format.js';
import { preferences } from '../model/prefs.js';
import { stateWords } from '../model/states.js';
import { status } from '../model/surfaces.js';
import { fullStamp, rangeSeconds } from '../model/time.js';
import type { Zone } from '../model/time.js';
import { wordTone } from '../model/tones.js';
import { useStore } from '../ui/use-store.js';

/** The risk mode over time, as far as the server has seen it. */
export function RiskTimeline() {
  const facts = useStore(status);
  const { range, zone } = useStore(preferences);
  useStore(second);
  if (facts === null) return null;
  const now = serverNow();
  const begin = Math.min(facts.started_at, ...facts.risk_transitions.slice(0, 1).map(({ ts }) => ts));
  const start = Math.max(now - rangeSeconds(range), begin);
  const stretches = stretchesOf(facts.risk_transitions, start, now);
  return (
    <Timeline
      stretches={stretches}
      span={[start, now]}
      text={{
        title: 'Risk mode over time',
        summary: summaryOf(facts, stretches, start, zone),
        heads: ['from', 'mode', 'for'],
        count: stretches.length,
        row: (index) => rowOf(stretches[index], zone),
      }}
    />
  );
}

function stretchesOf(changes: readonly ApiRiskTransition[], start: number, now: number): Stretch[] {
  return changes.flatMap((change, index) => {
    const to = changes[index + 1]?.ts ?? now;
    if (to <= start) return [];
    const isKnown =
      change.mode !== null && (change.state === 'fresh' || change.state === 'stale' || change.state === 'skewed');
    const { word, tone } = stateWords[change.state];
    const label = isKnown
      ? `${change.mode}${change.state === 'fresh' ? '' : ` (${word})`}`
      : change.mode === null
        ? word
        : `${word}: ${change.mode}`;
    const worst = isKnown && change.state === 'fresh' ? wordTone(change.mode) : tone;
    return [{ from: Math.max(start, change.ts), to, label, tone: worst }];
  });
}

function summaryOf({ started_at }: ApiStatus, stretches: readonly Stretch[], start: number, zone: Zone): string {
  const seen = `Seen by this server since ${fullStamp(started_at, zone)}; before that nothing is known.`;
  const last = stretches.at(-1);
  if (last === undefined) return `No risk mode was seen yet. ${seen}`;
  return `${counted(stretches.length, 'stretch', 'stretches')} since ${fullStamp(start, zone)}; now ${last.label}. ${seen}`;
}

function rowOf(stretch: Stretch | undefined, zone: Zone): readonly string[] {
  if (stretch === undefined) return ['', '', ''];
  return [fullStamp(stretch.from, zone), stretch.label, duration(stretch.to - stretch.from)];
}
