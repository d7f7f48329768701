import { serverNow, second } from '../model/clock.js';
import { ageText } from '../model/format.js';
import { useStore } from './use-store.js';

/** The age of a timestamp (seconds since 1970), counted on every second. */
export function Age({ timestamp }: { readonly timestamp: number | null }) {
  useStore(second);
  return <span class="age">{ageText(timestamp === null ? null : serverNow() - timestamp)}</span>;
}
