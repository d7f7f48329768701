import { numberOf, rowsOf, textOf } from '../model/reading.js';
import { stateWords } from '../model/states.js';
import { wordTone } from '../model/tones.js';
import { DataTable } from '../ui/data-table.js';
import type { Column } from '../ui/data-table.js';
import { StateMark } from '../ui/state-mark.js';
import { useSurface } from '../ui/use-surface.js';
import type { SurfaceFields } from '../ui/use-surface.js';
import { Value } from '../ui/value.js';

interface Row {
  readonly index: number;
  readonly row: unknown;
}

/** One row a tracked symbol, whether it traded or not. */
export function RouterSymbols({ isFull }: { readonly isFull: boolean }) {
  const router = useSurface('router_health');
  const symbols = router.at('symbols');
  const rows = rowsOf(symbols);
  if (rows === null) {
    return (
      <p class="notice" data-of="router_health:/symbols" data-state={symbols.state}>
        <StateMark state={symbols.state} /> The symbols are not known. {stateWords[symbols.state].meaning}
      </p>
    );
  }
  if (rows.length === 0) return <p class="notice">The document lists no symbols.</p>;
  return (
    <DataTable
      caption="Routing per symbol"
      columns={columnsOf(router, isFull)}
      rows={rows.map((row, index) => ({ row, index }))}
      rowKey={({ row, index }) => textOf(router.of(row, 'symbol')) ?? String(index)}
    />
  );
}

function columnsOf(router: SurfaceFields, isFull: boolean): readonly Column<Row>[] {
  const figure = (key: string, title: string, unit: string): Column<Row> => ({
    key,
    title,
    unit,
    numeric: true,
    cell: ({ row, index }) => (
      <Value
        reading={router.of(row, key)}
        unit={unit}
        of={`router_health:/symbols/${index}/${key}`}
        meaning="The symbol had no such order in the window."
        brief
      />
    ),
    sort: ({ row }) => numberOf(router.of(row, key)),
  });
  const brief = [
    figure('maker_fill_rate', 'Maker fills', 'fraction'),
    figure('fallback_ratio', 'Fallbacks', 'fraction'),
    figure('slippage_p50', 'Slip p50', 'bps'),
    figure('slip_q95', 'Slip p95', 'bps'),
    figure('order_count', 'Orders', 'count'),
    figure('post_only_rejects', 'Post-only rejects', 'count'),
  ];
  const rest = [
    figure('maker_count', 'Maker', 'count'),
    figure('taker_count', 'Taker', 'count'),
    figure('reject_count', 'Rejected', 'count'),
    figure('ack_latency_ms', 'Ack', 'ms'),
    figure('maker_reliability', 'Reliability', 'score'),
  ];
  return [
    {
      key: 'symbol',
      title: 'Symbol',
      cell: ({ row, index }) => (
        <Value reading={router.of(row, 'symbol')} of={`router_health:/symbols/${index}/symbol`} brief />
      ),
      sort: ({ row }) => textOf(router.of(row, 'symbol')),
    },
    {
      key: 'quality',
      title: 'Quality',
      cell: ({ row, index }) => (
        <Value
          reading={router.of(row, 'quality')}
          of={`router_health:/symbols/${index}/quality`}
          tone={wordTone}
          brief
        />
      ),
      sort: ({ row }) => textOf(router.of(row, 'quality')),
    },
    ...brief,
    ...(isFull ? rest : []),
  ];
}
