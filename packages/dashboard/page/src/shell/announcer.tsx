import { announcement } from '../model/announce.js';
import { useStore } from '../ui/use-store.js';

/** The one live region of the page. */
export function Announcer() {
  const text = useStore(announcement);
  return (
    <p class="visually-hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}
