import type { AppendResult, Writer } from '@hedge-telemetry/writer';
import type { Activity } from '../activity.js';
import type { Snapshot } from '../snapshot.js';
import { eventRecord } from './events.js';
import { navHistoryRecord } from './nav-history.js';
import { metricRecords } from './order-metrics.js';
import { orderRecords } from './orders-executed.js';
import { vetoRecord } from './risk-vetoes.js';

/** Appends the lines of a loop to every ledger, in the order in which things happened. */
export function appendAll(writer: Writer, activities: readonly Activity[], snapshot: Snapshot): AppendResult[] {
  const results = activities.flatMap((activity) => {
    const event = eventRecord(activity, snapshot);
    const veto = vetoRecord(activity, snapshot);
    return [
      ...orderRecords(activity, snapshot).map((record) => writer.append('orders_executed', record)),
      ...metricRecords(activity, snapshot).map((record) => writer.append('order_metrics', record)),
      ...(event === null ? [] : [writer.append('events', event)]),
      ...(veto === null ? [] : [writer.append('risk_vetoes', veto)]),
    ];
  });
  return [...results, writer.append('nav_history', navHistoryRecord(snapshot))];
}
