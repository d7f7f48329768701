import { connection } from '../model/stream.js';
import { useStore } from '../ui/use-store.js';

/** Says that nothing new arrives; what is shown goes on growing old. */
export function LostBand() {
  const { state } = useStore(connection);
  if (state !== 'lost') return null;
  return (
    <p class="lost-band" role="note">
      <strong>Connection lost.</strong> What you see is what was last received; its age goes on counting. Trying again.
    </p>
  );
}
