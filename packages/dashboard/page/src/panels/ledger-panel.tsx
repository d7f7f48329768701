import type { ApiContractEntry } from '../../../src/api/types.js';
import { counted, duration } from '../model/format.js';
import { hashOf } from '../model/route.js';
import { ledgerStore } from '../model/surfaces.js';
import { FindingList } from '../ui/finding-list.js';
import { Panel } from '../ui/panel.js';
import { useStore } from '../ui/use-store.js';
import { Facts } from './facts.js';
import { Quarantine } from './quarantine.js';

/** Everything that is known of one ledger but its lines. */
export function LedgerPanel({ entry }: { readonly entry: ApiContractEntry }) {
  const { name, description, file, owner, writer, cadence, stale_after_s, version, status } = entry;
  const ledger = useStore(ledgerStore(name))?.ledger ?? null;
  return (
    <Panel
      id="ledger"
      title={name}
      ledgers={[name]}
      actions={<a href={hashOf({ view: 'events', query: { ledger: name } })}>Its lines</a>}
    >
      <p class="lead">{description}</p>
      <Facts
        facts={[
          ['file', ledger?.file ?? file],
          ['owner', owner],
          ['written', `${writer} ${cadence}`],
          ['stale after', stale_after_s === null ? 'never: silence is normal' : duration(stale_after_s)],
          ['version expected', `${version}, ${status}`],
          ['dialect of the newest line', ledger?.dialect ?? 'not recognised'],
          ['size', ledger === null || ledger.size === null ? 'no file' : counted(ledger.size, 'byte')],
          ['rotated segments', ledger === null ? 'waiting' : counted(ledger.segments, 'segment')],
          [
            'lines looked at',
            ledger === null ? 'waiting' : `${counted(ledger.lines_seen, 'line')}, ${ledger.lines_invalid} invalid`,
          ],
        ]}
      />
      <FindingList findings={ledger === null || ledger.last_finding === null ? [] : [ledger.last_finding]} />
      <Quarantine quarantine={ledger?.quarantine ?? null} />
    </Panel>
  );
}
