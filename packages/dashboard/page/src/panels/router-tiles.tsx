import { combine, rowsOf } from '../model/reading.js';
import { Tile, Tiles } from '../ui/tile.js';
import { useField, useSurface } from '../ui/use-surface.js';
import { Value } from '../ui/value.js';

/** Routing over all symbols. */
export function RouterTiles() {
  const router = useSurface('router_health');
  const symbols = router.at('symbols');
  const rows = rowsOf(symbols);
  const rejects =
    rows === null
      ? symbols
      : combine(
          rows.map((row) => router.of(row, 'post_only_rejects')),
          (values) => values.reduce((sum, value) => sum + value, 0),
        );
  return (
    <Tiles>
      <Figure label="Maker fills" field="maker_fill_rate" unit="fraction" />
      <Figure label="Fallbacks" field="fallback_ratio" unit="fraction" />
      <Figure label="Slippage p50" field="slippage_p50" unit="bps" />
      <Figure label="Slippage p95" field="slip_q95" unit="bps" />
      <Figure label="Health score" field="router_health_score" unit="score" />
      <Tile label="Post-only rejects" note="all symbols of the document">
        <Value
          reading={rejects}
          unit="count"
          of="router_health:total/post_only_rejects"
          meaning="Not every symbol reports its rejects."
        />
      </Tile>
    </Tiles>
  );
}

function Figure({ label, field, unit }: { readonly label: string; readonly field: string; readonly unit: string }) {
  const router = useSurface('router_health');
  const whenNull = useField('router_health', field)?.whenNull;
  return (
    <Tile label={label}>
      <Value reading={router.at(field)} unit={unit} of={`router_health:/${field}`} meaning={whenNull} />
    </Tile>
  );
}
