import { clockOffset, second, serverNow } from '../model/clock.js';
import { connection } from '../model/stream.js';
import { duration } from '../model/format.js';
import { prefer, preferences } from '../model/prefs.js';
import { hashOf } from '../model/route.js';
import { contract, status, worstState } from '../model/surfaces.js';
import { clockText, stampText } from '../model/time.js';
import { StateMark } from '../ui/state-mark.js';
import { useStore } from '../ui/use-store.js';
import { EnvironmentBadge } from './environment.js';
import { Settings } from './settings.js';

/** What holds for everything below: whose data this is, whether it arrives, and how far it can be trusted. */
export function Header({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <header class="head">
      <a class="brand" href={hashOf({ view: 'overview' })}>
        hedge-telemetry
      </a>
      <EnvironmentBadge />
      <Executor />
      <Contract />
      <span class="head-space" />
      <WorstState />
      <ConnectionState />
      <Clock />
      <Settings onHelp={onHelp} />
    </header>
  );
}

function Executor() {
  const executor = useStore(status)?.executor;
  if (executor === undefined) return null;
  const { name, engine_version, run_id } = executor;
  const known = [name, engine_version].filter((each) => each !== null).join(' ');
  return (
    <span class="head-item" title={run_id === null ? undefined : `run ${run_id}`}>
      <span class="head-label">executor</span> {known === '' ? <span class="mute">not reported</span> : known}
    </span>
  );
}

function Contract() {
  const versions = [...new Set([...useStore(contract).values()].map(({ version }) => version))].toSorted();
  if (versions.length === 0) return null;
  return (
    <a class="head-item" href={hashOf({ view: 'contract' })}>
      <span class="head-label">contract</span>{' '}
      {versions.length === 1 ? versions[0] : `${versions[0]} to ${versions.at(-1)}`}
    </a>
  );
}

function WorstState() {
  const worst = useStore(worstState);
  return (
    <a class="head-item" href={hashOf({ view: 'contract' })} data-worst={worst ?? 'waiting'}>
      <span class="head-label">worst</span>{' '}
      {worst === null ? <span class="mute">waiting</span> : <StateMark state={worst} />}
    </a>
  );
}

function ConnectionState() {
  const { state, since } = useStore(connection);
  useStore(second);
  const word = {
    connecting: 'connecting',
    live: 'live',
    lost: `lost for ${duration(Math.max(0, serverNow() - since))}`,
  }[state];
  return (
    <span class={`head-item connection connection-${state}`} data-connection={state}>
      <span class="dot" aria-hidden="true" /> {word}
    </span>
  );
}

/** The browser's clock may differ by this much, in seconds, before it is said: ages go by the server's. */
const CLOCK_TOLERANCE_S = 2;

function Clock() {
  const { zone } = useStore(preferences);
  const now = useStore(second);
  const offset = clockOffset();
  const isOff = Math.abs(offset) > CLOCK_TOLERANCE_S;
  return (
    <button
      type="button"
      class="clock"
      title={`${stampText(now, zone)}: switch between UTC and local time`}
      onClick={() => prefer({ zone: zone === 'utc' ? 'local' : 'utc' })}
    >
      <time>{clockText(now, zone)}</time> {zone === 'utc' ? 'UTC' : 'local'}
      {isOff ? <span class="tone-warn"> server's; this browser is {duration(Math.abs(offset))} off</span> : null}
    </button>
  );
}
