import { serverNow } from '../model/clock.js';
import { ageText, clipped, duration } from '../model/format.js';
import { hashOf } from '../model/route.js';
import { stateOrder } from '../model/states.js';
import { Glyph } from '../ui/glyph.js';
import type { Column } from '../ui/data-table.js';
import { StateMark } from '../ui/state-mark.js';
import { isUnpaced } from './contract-rows.js';
import type { ContractRow } from './contract-rows.js';
import { Unpaced } from './unpaced.js';

/** The columns of contract health; in brief only what the eye looks for first. */
export function contractColumns(isFull: boolean): readonly Column<ContractRow>[] {
  if (!isFull) return [name, state, age, { ...findingColumn('finding-line'), isExtra: true }];
  return [name, state, age, staleAfter, seen, expected, dialect, validity, quarantined, findingColumn('finding-brief')];
}

const name: Column<ContractRow> = {
  key: 'name',
  title: 'Surface',
  cell: (row) => (
    <a
      href={hashOf(
        row.kind === 'state' ? { view: 'surface', name: row.name } : { view: 'events', query: { ledger: row.name } },
      )}
      title={row.file}
    >
      {row.name}
      {row.kind === 'ledger' ? <span class="mute"> ledger</span> : null}
    </a>
  ),
  sort: (row) => row.name,
};

const state: Column<ContractRow> = {
  key: 'state',
  title: 'State',
  cell: (row) => {
    if (row.state === null) return <span class="mute">waiting</span>;
    return isUnpaced(row) ? <Unpaced /> : <StateMark state={row.state} />;
  },
  sort: (row) => (row.state === null ? null : stateOrder.indexOf(row.state)),
};

const age: Column<ContractRow> = {
  key: 'age',
  title: 'Age',
  numeric: true,
  cell: ({ timestamp }) => (timestamp === null ? <Nothing /> : ageText(serverNow() - timestamp)),
  sort: ({ timestamp }) => (timestamp === null ? null : serverNow() - timestamp),
};

const staleAfter: Column<ContractRow> = {
  key: 'stale_after',
  title: 'Stale after',
  numeric: true,
  cell: (row) => (row.staleAfter === null ? <span class="mute">never</span> : duration(row.staleAfter)),
  sort: (row) => row.staleAfter,
};

const seen: Column<ContractRow> = {
  key: 'seen',
  title: 'Version seen',
  cell: (row) =>
    row.versionSeen === null ? <Nothing /> : <span title={row.versionSeen}>{shortTag(row.versionSeen, row.name)}</span>,
  sort: (row) => row.versionSeen,
};

/** The part of a schema tag that differs from the name of its surface. */
function shortTag(tag: string, surface: string): string {
  return tag.startsWith(`${surface}_`) ? tag.slice(surface.length + 1) : tag;
}

const expected: Column<ContractRow> = {
  key: 'expected',
  title: 'Expected',
  cell: (row) => row.versionExpected,
  sort: (row) => row.versionExpected,
};

const dialect: Column<ContractRow> = {
  key: 'dialect',
  title: 'Dialect',
  cell: (row) => {
    if (row.dialect === null) return <Nothing />;
    return row.dialect === 'canonical' ? row.dialect : <span class="tone-warn">{row.dialect}</span>;
  },
  sort: (row) => row.dialect,
};

const validity: Column<ContractRow> = {
  key: 'valid',
  title: 'Valid',
  cell: ({ isValid, lines }) => {
    if (isValid === null) return <Nothing />;
    return isValid ? (
      <span class="nowrap">{lines === null ? 'valid' : `${lines.seen} of ${lines.seen} lines`}</span>
    ) : (
      <span class="mark tone-bad">
        <Glyph state="invalid" />
        <span>{lines === null ? 'invalid' : `${lines.invalid} of ${lines.seen} lines invalid`}</span>
      </span>
    );
  },
  sort: ({ isValid }) => (isValid === null ? null : Number(isValid)),
};

const quarantined: Column<ContractRow> = {
  key: 'quarantined',
  title: 'Quarantined',
  numeric: true,
  cell: (row) => {
    if (row.quarantined === null) return <Nothing title="No mirror keeps a quarantine here." />;
    return row.quarantined === 0 ? (
      '0'
    ) : (
      <a class="tone-bad" href={hashOf({ view: 'surface', name: row.name })}>
        {row.quarantined}
      </a>
    );
  },
  sort: (row) => row.quarantined,
};

const findingColumn = (look: string): Column<ContractRow> => ({
  key: 'finding',
  title: 'Last finding',
  cell: ({ lastFinding, findingCount }) => {
    if (lastFinding === null) return <span class="mute">none</span>;
    const { level, message, pointer, rule } = lastFinding;
    const tone = level === 'error' ? 'tone-bad' : level === 'warning' ? 'tone-warn' : 'mute';
    return (
      <span class={look} title={`${rule}: ${message}`}>
        <span class={tone}>{level}</span>{' '}
        {pointer === null || pointer === '' || message.startsWith(pointer) ? '' : `${clipped(pointer, 40)} `}
        {clipped(message, 90)}
        {findingCount > 1 ? <span class="mute"> +{findingCount - 1}</span> : null}
      </span>
    );
  },
  sort: ({ findingCount }) => findingCount,
});

function Nothing({ title = 'not reported' }: { readonly title?: string }) {
  return (
    <span class="mute" title={title}>
      –<span class="visually-hidden">{title}</span>
    </span>
  );
}
