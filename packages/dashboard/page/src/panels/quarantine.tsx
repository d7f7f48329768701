import type { ApiQuarantine } from '../../../src/api/types.js';
import { preferences } from '../model/prefs.js';
import { counted } from '../model/format.js';
import { fullStamp } from '../model/time.js';
import { useStore } from '../ui/use-store.js';

/** What the mirror set aside of a surface. */
export function Quarantine({ quarantine }: { readonly quarantine: ApiQuarantine | null }) {
  const { zone } = useStore(preferences);
  if (quarantine === null) return null;
  const { count, records } = quarantine;
  if (count === null) return <p class="footnote">Quarantine: no mirror keeps one in this directory.</p>;
  if (count === 0) return <p class="footnote">Quarantine: nothing was set aside.</p>;
  return (
    <div class="quarantine">
      <h3>{counted(count, 'document or line was', 'documents or lines were')} set aside</h3>
      <ul>
        {records.map(({ file, line, ts, reason, excerpt }, index) => (
          <li key={index}>
            <code>{file}</code>
            {line === null ? '' : ` line ${line}`}
            {ts === null ? '' : `, ${fullStamp(ts, zone)}`}
            {reason === null ? '' : `: ${reason}`}
            {excerpt === null ? null : <pre tabIndex={0}>{excerpt}</pre>}
          </li>
        ))}
      </ul>
    </div>
  );
}
