import { second, serverNow } from '../model/clock.js';
import { duration } from '../model/format.js';
import { connection } from '../model/stream.js';
import { status } from '../model/surfaces.js';
import { useStore } from '../ui/use-store.js';

/** A server looks at every file several times a second and says so with every heartbeat; seconds. */
const LOOK_AGE_S = 15;

/** Says that nothing new arrives; what is shown goes on growing old. */
export function LostBand() {
  const { state } = useStore(connection);
  const lookedAt = useStore(status)?.looked_at ?? null;
  useStore(second);
  const lookAge = lookedAt === null ? 0 : serverNow() - lookedAt;
  if (state === 'live' && lookAge > LOOK_AGE_S) return <StalledBand seconds={lookAge} />;
  if (state !== 'lost') return null;
  return (
    <p class="lost-band" role="note">
      <strong>Connection lost.</strong> What you see is what was last received; its age goes on counting. Trying again.
    </p>
  );
}

function StalledBand({ seconds }: { readonly seconds: number }) {
  return (
    <p class="lost-band" role="note">
      <strong>The server does not read.</strong> It has not looked at the files for {duration(seconds)}; what you see is
      from before.
    </p>
  );
}
