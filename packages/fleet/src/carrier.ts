import { join } from 'node:path';
import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, SurfaceEntry } from '@hedge-telemetry/contract';
import { createBlockedSender } from './blocked-sender.js';
import { bookmarkAt, bookmarksDue, takeOverBookmark } from './bookmarks.js';
import { lastShared } from './divergence.js';
import type { EgressScan } from './egress.js';
import { clashWithHolder, clashWithRecord, diverged } from './fleet-findings.js';
import type { Clash } from './fleet-findings.js';
import type { Standing } from './ledger/feed.js';
import { positionOf } from './ledger/position.js';
import type { LedgerPosition } from './ledger/position.js';
import { createLedgerSender } from './ledger-sender.js';
import type { Allowance, LedgerSender } from './ledger-sender.js';
import { together } from './outcome.js';
import type { SurfaceOutcome } from './outcome.js';
import { createPresenceKeeper } from './presence.js';
import type { Holder, PresenceHistory } from './presence.js';
import { SinkError } from './sink.js';
import type { SinkRecord, SinkSession, StreamPosition } from './sink.js';
import { createStateSender } from './state-sender.js';

/** Carries one directory over one session: from the position that the server holds, until anything goes wrong. */
export interface Carrier {
  /** What was found when the session began. */
  readonly findings: readonly Finding[];
  /** Where the server stood with a ledger when the session began; null where it had nothing of it. */
  stood(ledger: LedgerName): LedgerPosition | null;
  /** Where each ledger stands behind the last line that is stored. */
  readonly positions: ReadonlyMap<LedgerName, LedgerPosition | null>;
  /** Sends what there is. A clash where somebody else goes by the same name; rejects with a SinkError. */
  pass(allowance: PassAllowance): Promise<SurfaceOutcome[] | Clash>;
  /** Says that the executor's sync has ended. */
  leave(): Promise<void>;
}

/** What one pass may spend: bytes of each ledger. */
export interface PassAllowance extends Omit<Allowance, 'isInterrupted'> {
  /** No pass comes after this one: what needs a moment is waited for. */
  readonly isPatient: boolean;
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
  const { session, self, history, now } = options;
  const presence = createPresenceKeeper(session, self, history, now);
  const holder = await presence.renew();
  if (holder !== null) return clashWithHolder(holder);
  const position = await session.position(ledgerNames);
  const begun: Begun = { position, presence, pending: bookmarksDue(position, now()), findings: [] };
  const ledgers: LedgerSender[] = [];
  for (const ledger of ledgerNames) {
    const sender = await beginLedger(options, begun, ledger);
    if ('clash' in sender) return sender;
    ledgers.push(sender);
  }
  return carrierOf(options, ledgers, begun);
}

/** The sender of a ledger, from where the stream stands; a clash where it stands where no file here has been. */
async function beginLedger(
  { from, session, self, scan, takeOver }: CarrierOptions,
  { position, pending, findings }: Begun,
  ledger: LedgerName,
): Promise<LedgerSender | Clash> {
  const make = (start: LedgerPosition | null, held = true): LedgerSender =>
    createLedgerSender({
      entry: entryOf(ledger),
      from,
      source: self.source,
      start,
      held,
      maxPayload: session.maxPayload,
      scan,
    });
  const record = position.ledgers.get(ledger);
  const at = { surface: ledger, file: join(from, entryOf(ledger).file) };
  if (record === undefined) return make(null);
  const start = positionOf(record);
  const sender = make(start);
  const standing = start === null ? 'unknown' : await standingOf(sender, start);
  if (standing === 'held') return sender;
  if (standing === 'unreadable' && start !== null) return createBlockedSender(sender, at.file, start);
  if (start?.source !== self.source && !takeOver) return clashWithRecord(at, start);
  const shared = start !== null && standing === 'diverged' ? await lastShared(session, sender, position, start) : null;
  if (start !== null && shared !== null) {
    findings.push(diverged(at, start, shared));
    pending.set(ledger, bookmarkAt({ ...shared, source: self.source }));
    return make(shared);
  }
  if (start?.source === self.source) return make(start, false);
  pending.set(ledger, takeOverBookmark(self.source));
  return make(null);
}

async function standingOf(sender: LedgerSender, start: LedgerPosition): Promise<Standing | 'unreadable'> {
  try {
    return await sender.standing(start);
  } catch (error) {
    if (error instanceof SinkError) throw error;
    return 'unreadable';
  }
}

interface Begun {
  readonly position: StreamPosition;
  readonly pending: Map<LedgerName, SinkRecord>;
  readonly presence: ReturnType<typeof createPresenceKeeper>;
  readonly findings: Finding[];
}

function carrierOf(
  { from, session, self, scan, now }: CarrierOptions,
  ledgers: readonly LedgerSender[],
  { position, pending, presence, findings }: Begun,
): Carrier {
  const appender = session.appender(position.last);
  const states = stateNames.map((surface) =>
    createStateSender({ entry: entryOf(surface), from, source: self.source, session, scan, now }),
  );
  let positions = new Map(ledgers.map(({ surface, position: each }) => [surface, each]));

  return {
    findings,
    stood: (ledger) => {
      const record = position.ledgers.get(ledger);
      return record === undefined ? null : positionOf(record);
    },
    pass,
    leave: () => presence.clear(),
    get positions() {
      return positions;
    },
  };

  async function pass(allowance: PassAllowance): Promise<SurfaceOutcome[] | Clash> {
    const holder = await presence.renew();
    if (holder !== null) return clashWithHolder(holder);
    const sent = await Promise.all(states.map((each) => each.pass(allowance.isPatient)));
    for (const [ledger, record] of pending) await appender.send(ledger, record);
    pending.clear();
    const appended: SurfaceOutcome[] = [];
    const left: Allowance = { ...allowance, isInterrupted: () => presence.isDue() };
    for (const each of ledgers) {
      left.ledgerBytes = allowance.ledgerBytes;
      const sending = await sendLedger(each, left);
      if ('clash' in sending) return sending;
      appended.push(sending);
    }
    await appender.flush();
    positions = new Map(ledgers.map(({ surface, position: each }) => [surface, each]));
    return [...sent, ...appended];
  }

  /** A ledger that has far to go must not keep the presence from being renewed. */
  async function sendLedger(sender: LedgerSender, left: Allowance): Promise<SurfaceOutcome | Clash> {
    let result = await sender.pass(appender, left);
    for (;;) {
      const holder = await presence.renew();
      if (holder !== null) return clashWithHolder(holder);
      if (!result.more || left.ledgerBytes <= 0) return result;
      result = together(result, await sender.pass(appender, left));
    }
  }
}

function entryOf<N extends keyof typeof registry>(name: N): SurfaceEntry & { readonly name: N } {
  return registry[name] as SurfaceEntry & { readonly name: N };
}
