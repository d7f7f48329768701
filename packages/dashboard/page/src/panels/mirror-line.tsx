import type { ApiMirror } from '../../../src/api/types.js';
import { hasStopped, mirrorState } from '../../../src/view/mirror.js';
import { second, serverNow } from '../model/clock.js';
import { duration, fixed } from '../model/format.js';
import { status } from '../model/surfaces.js';
import { StateMark } from '../ui/state-mark.js';
import { useStore } from '../ui/use-store.js';

/** How far the mirror is behind its source, and whether it still runs, as far as it says. */
export function MirrorLine() {
  const mirror = useStore(status)?.mirror ?? null;
  useStore(second);
  if (mirror === null)
    return <p class="mirror mute">Mirror: none reports in this directory, so its lag is not known.</p>;
  const now = serverNow();
  const state = mirrorState(mirror, now);
  return (
    <p class="mirror" data-mirror={state}>
      Mirror: <StateMark state={state} /> {wordsOf(mirror, now)},{' '}
      <span class={mirror.ok ? 'mute' : 'tone-bad'}>{mirror.ok ? 'without errors' : 'with errors'}</span>.
    </p>
  );
}

function wordsOf(mirror: ApiMirror, now: number): string {
  const { lag_s, lag_bytes, stale_after_s, ts } = mirror;
  const last = `last pass ${duration(Math.max(0, now - ts))} ago`;
  if (hasStopped(mirror, now)) return `it does not run any more, or hangs; ${last}`;
  const lag =
    lag_s === null
      ? 'lag not known: the source cannot be read'
      : `${duration(lag_s)} and ${fixed(lag_bytes, 0)} bytes behind${stale_after_s === null ? ' then, and not followed' : ''}`;
  return `${lag}; ${last}`;
}
