import { stateOrder } from '../model/states.js';
import { StateMark } from '../ui/state-mark.js';
import { isUnpaced } from './contract-rows.js';
import type { ContractRow } from './contract-rows.js';
import { Unpaced } from './unpaced.js';

/** How many surfaces and ledgers are in which state, the worst first. */
export function StateCounts({ rows }: { readonly rows: readonly ContractRow[] }) {
  const counts = stateOrder
    .toReversed()
    .map((state) => ({ state, count: rows.filter((row) => row.state === state && !isUnpaced(row)).length }));
  const unpaced = rows.filter(isUnpaced).length;
  return (
    <ul class="state-counts" aria-label="Surfaces and ledgers by state">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => (
          <li key={state}>
            <strong>{count}</strong> <StateMark state={state} />
          </li>
        ))}
      {unpaced === 0 ? null : (
        <li>
          <strong>{unpaced}</strong> <Unpaced />
        </li>
      )}
    </ul>
  );
}
