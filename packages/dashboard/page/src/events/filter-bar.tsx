import { contract } from '../model/surfaces.js';
import { useStore } from '../ui/use-store.js';
import type { EventFilters } from './filters.js';

interface FilterBarProps {
  readonly filters: EventFilters;
  readonly types: readonly string[];
  readonly symbols: readonly string[];
  readonly onChange: (change: Partial<EventFilters>) => void;
}

const makers = [
  ['', 'any'],
  ['maker', 'maker'],
  ['taker', 'taker'],
  ['unknown', 'not reported'],
] as const;

/** What the list is narrowed to. */
export function FilterBar({ filters, types, symbols, onChange }: FilterBarProps) {
  const ledgers = [...useStore(contract).values()].flatMap(({ name, kind }) => (kind === 'ledger' ? [name] : []));
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label="Ledger"
        value={filters.ledger}
        options={(ledgers.length === 0 ? [filters.ledger] : ledgers).map((each) => [each, each])}
        onChange={(ledger) => onChange({ ledger, type: '', symbol: '' })}
      />
      <Choice
        label="Type"
        value={filters.type}
        options={withAny(types, filters.type)}
        onChange={(type) => onChange({ type })}
      />
      <Choice
        label="Symbol"
        value={filters.symbol}
        options={withAny(symbols, filters.symbol)}
        onChange={(symbol) => onChange({ symbol })}
      />
      <Choice
        label="Maker"
        value={filters.maker}
        options={makers}
        onChange={(maker) => onChange({ maker: maker as EventFilters['maker'] })}
      />
      <label>
        <span>Text</span>
        <input
          type="search"
          id="event-text"
          value={filters.text}
          onInput={(event) => onChange({ text: event.currentTarget.value })}
        />
      </label>
      <Time label="From" value={filters.from} onChange={(from) => onChange({ from })} />
      <Time label="To" value={filters.to} onChange={(to) => onChange({ to })} />
    </form>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([each, name]) => (
          <option key={each} value={each} selected={each === value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Time({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input type="datetime-local" step="1" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    </label>
  );
}

function withAny(values: readonly string[], current: string): (readonly [string, string])[] {
  const all = current === '' || values.includes(current) ? values : [...values, current];
  return [['', 'any'], ...all.map((each) => [each, each] as const)];
}
