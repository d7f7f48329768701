import type { Reading } from '@hedge-telemetry/contract';
import { combine, entriesOf, isKnown, numberOf } from '../model/reading.js';
import { useSurface } from '../ui/use-surface.js';
import type { SurfaceFields } from '../ui/use-surface.js';
import { Value } from '../ui/value.js';

interface Part {
  readonly label: string;
  readonly reading: Reading<unknown>;
  readonly of: string;
}

/** Where the assets under management are held. */
export function AumSplit() {
  const nav = useSurface('nav');
  const parts = partsOf(nav);
  const total = nav.at('aum', 'total');
  const off = nav.at('aum', 'offexchange');
  return (
    <div class="aum">
      <h3>Assets under management</h3>
      <ul class="bars">
        {parts.map(({ label, reading, of }) => (
          <li key={label}>
            <span class="bar-label">{label}</span>
            <Share of={reading} total={total} />
            <Value reading={reading} unit="USD" of={of} />
          </li>
        ))}
        {isKnown(off) ? null : (
          <li>
            <span class="bar-label">off exchange</span>
            <span />
            <Value reading={off} of="nav:/aum/offexchange" />
          </li>
        )}
        <li class="bars-total">
          <span class="bar-label">total</span>
          <span />
          <Value reading={total} unit="USD" of="nav:/aum/total" />
        </li>
      </ul>
    </div>
  );
}

function partsOf(nav: SurfaceFields): Part[] {
  const holdings = entriesOf(nav.at('aum', 'offexchange')) ?? [];
  return [
    { label: 'futures', reading: nav.at('aum', 'futures'), of: 'nav:/aum/futures' },
    ...holdings.map(([asset, row]) => ({
      label: `${asset} off exchange`,
      reading: nav.of(row, 'usd_value'),
      of: `nav:/aum/offexchange/${asset}/usd_value`,
    })),
  ];
}

function Share({ of, total }: { readonly of: Reading<unknown>; readonly total: Reading<unknown> }) {
  const share = numberOf(combine([of, total], ([part = 0, whole = 0]) => (whole > 0 ? part / whole : null)));
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {share === null ? null : <rect x="0" y="0" height="10" width={Math.min(100, Math.max(0, share * 100))} />}
    </svg>
  );
}
