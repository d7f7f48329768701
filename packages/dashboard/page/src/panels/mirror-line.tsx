import { serverNow } from '../model/clock.js';
import { duration, fixed } from '../model/format.js';
import { status } from '../model/surfaces.js';
import { useStore } from '../ui/use-store.js';

/** How far the mirror is behind its source, as far as it says. */
export function MirrorLine() {
  const mirror = useStore(status)?.mirror ?? null;
  if (mirror === null)
    return <p class="mirror mute">Mirror: none reports in this directory, so its lag is not known.</p>;
  const { ok, lag_s, lag_bytes, ts } = mirror;
  const lag =
    lag_s === null
      ? 'lag not known: the source cannot be read'
      : `${duration(lag_s)} and ${fixed(lag_bytes, 0)} bytes behind`;
  return (
    <p class="mirror">
      Mirror: {lag}; last pass {duration(Math.max(0, serverNow() - ts))} ago,{' '}
      <span class={ok ? 'tone-good' : 'tone-bad'}>{ok ? 'without errors' : 'with errors'}</span>
    </p>
  );
}
