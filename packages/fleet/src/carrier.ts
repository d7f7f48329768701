import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import type { LedgerName, SurfaceEntry } from '@hedge-telemetry/contract';
import { bookmarksDue, takeOverBookmark } from './bookmarks.js';
import type { EgressScan } from './egress.js';
import { clashWithHolder, clashWithRecord } from './fleet-findings.js';
import type { Clash } from './fleet-findings.js';
import { positionOf } from './ledger/position.js';
import type { LedgerPosition } from './ledger/position.js';
import { createLedgerSender } from './ledger-sender.js';
import type { Allowance, LedgerSender } from './ledger-sender.js';
import type { SurfaceOutcome } from './outcome.js';
import { createPresenceKeeper } from './presence.js';
import type { Holder, PresenceHistory } from './presence.js';
import type { SinkRecord, SinkSession, StreamPosition } from './sink.js';
import { createStateSender } from './state-sender.js';

/** Carries one directory over one session: from the position that the server holds, until anything goes wrong. */
export interface Carrier {
  /** Where each ledger stood when the session began, and behind the last line that is stored. */
  readonly positions: ReadonlyMap<LedgerName, LedgerPosition | null>;
  /** Sends what there is. A clash where somebody else goes by the same name; rejects with a SinkError. */
  pass(allowance: Allowance): Promise<SurfaceOutcome[] | Clash>;
  /** Says that the executor's sync has ended. */
  leave(): Promise<void>;
}

export interface CarrierOptions {
  readonly from: string;
  readonly session: SinkSession;
  readonly self: Holder;
  readonly history: PresenceHistory;
  readonly scan: EgressScan;
  readonly takeOver: boolean;
  readonly now: () => number;
}

/** Reads the position and makes the senders; a clash where the stream is another source's. Rejects with a SinkError. */
export async function createCarrier(options: CarrierOptions): Promise<Carrier | Clash> {
  const { from, session, self, history, scan, takeOver, now } = options;
  const presence = createPresenceKeeper(session, self, history, now);
  const holder = await presence.renew();
  if (holder !== null) return clashWithHolder(holder);
  const position = await session.position(ledgerNames);
  const pending = bookmarksDue(position, now());
  const ledgers: LedgerSender[] = [];
  for (const ledger of ledgerNames) {
    const start = startOf(position, ledger);
    const common = { entry: entryOf(ledger), from, source: self.source, maxPayload: session.maxPayload, scan };
    const sender = createLedgerSender({ ...common, start });
    if (!position.ledgers.has(ledger) || (start !== null && (await isOurs(sender, start)))) ledgers.push(sender);
    else if (!takeOver) return clashWithRecord(ledger, start);
    else {
      pending.set(ledger, takeOverBookmark(self.source));
      ledgers.push(createLedgerSender({ ...common, start: null }));
    }
  }
  return carrierOf(options, ledgers, { position, pending, presence });

  /** The same source may have lost its files; another one may have got them with their directory. */
  async function isOurs(sender: LedgerSender, { source }: LedgerPosition): Promise<boolean> {
    return source === self.source || (await sender.knows());
  }
}

interface Begun {
  readonly position: StreamPosition;
  readonly pending: Map<LedgerName, SinkRecord>;
  readonly presence: ReturnType<typeof createPresenceKeeper>;
}

function carrierOf(
  { from, session, self, scan, now }: CarrierOptions,
  ledgers: readonly LedgerSender[],
  { position, pending, presence }: Begun,
): Carrier {
  const appender = session.appender(position.last);
  const states = stateNames.map((surface) =>
    createStateSender({ entry: entryOf(surface), from, source: self.source, session, scan, now }),
  );
  let positions = new Map(ledgers.map(({ surface, position: each }) => [surface, each]));

  return {
    pass,
    leave: () => presence.clear(),
    get positions() {
      return positions;
    },
  };

  async function pass(allowance: Allowance): Promise<SurfaceOutcome[] | Clash> {
    const holder = await presence.renew();
    if (holder !== null) return clashWithHolder(holder);
    const sent = await Promise.all(states.map((each) => each.pass()));
    for (const [ledger, record] of pending) await appender.send(ledger, record);
    pending.clear();
    const appended: SurfaceOutcome[] = [];
    for (const each of ledgers) appended.push(await each.pass(appender, allowance));
    await appender.flush();
    positions = new Map(ledgers.map(({ surface, position: each }) => [surface, each]));
    return [...sent, ...appended];
  }
}

function startOf(position: StreamPosition, ledger: LedgerName): LedgerPosition | null {
  const record = position.ledgers.get(ledger);
  return record === undefined ? null : positionOf(record);
}

function entryOf<N extends keyof typeof registry>(name: N): SurfaceEntry & { readonly name: N } {
  return registry[name] as SurfaceEntry & { readonly name: N };
}
