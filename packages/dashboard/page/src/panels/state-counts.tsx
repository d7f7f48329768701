import { stateOrder } from '../model/states.js';
import { StateMark } from '../ui/state-mark.js';
import type { ContractRow } from './contract-rows.js';

/** How many surfaces and ledgers are in which state, the worst first. */
export function StateCounts({ rows }: { readonly rows: readonly ContractRow[] }) {
  const counts = stateOrder
    .toReversed()
    .map((state) => ({ state, count: rows.filter((row) => row.state === state).length }));
  return (
    <ul class="state-counts" aria-label="Surfaces and ledgers by state">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => (
          <li key={state}>
            <strong>{count}</strong> <StateMark state={state} />
          </li>
        ))}
    </ul>
  );
}
