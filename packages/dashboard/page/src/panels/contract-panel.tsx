import { hashOf, go } from '../model/route.js';
import { second } from '../model/clock.js';
import { contract } from '../model/surfaces.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { useStore } from '../ui/use-store.js';
import { contractColumns } from './contract-columns.js';
import { contractRows } from './contract-rows.js';
import type { ContractRow } from './contract-rows.js';
import { MirrorLine } from './mirror-line.js';
import { StateCounts } from './state-counts.js';

/** Whether every surface and ledger keeps the contract: version, dialect, age, validity, findings, quarantine, mirror. */
export function ContractPanel({ isFull = false }: { readonly isFull?: boolean }) {
  useStore(second);
  useStore(contract);
  const rows = contractRows();
  return (
    <Panel
      id="contract"
      title="Contract health"
      {...(isFull ? {} : { actions: <a href={hashOf({ view: 'contract' })}>All columns</a> })}
    >
      {rows.length === 0 ? <p class="notice mute">What the contract says is being loaded.</p> : null}
      <StateCounts rows={rows} />
      <MirrorLine />
      <DataTable
        caption="Surfaces and ledgers of the contract"
        columns={contractColumns(isFull)}
        rows={rows}
        rowKey={({ name }) => name}
        onOpen={({ name, kind }: ContractRow) =>
          go(kind === 'state' ? { view: 'surface', name } : { view: 'events', query: { ledger: name } })
        }
      />
    </Panel>
  );
}
