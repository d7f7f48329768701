import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import { apiEntry } from '../api/entry.js';
import { apiLedger } from '../api/ledger.js';
import { apiSurface } from '../api/surface.js';
import { createStatusBoard } from './status-board.js';
import type { ApiLedger, ApiMirror, ApiStatus, ApiSurface } from '../api/types.js';
import { positionText, streamId } from '../ledger/position.js';
import type { Position, Positions } from '../ledger/position.js';
import { segmentsOf } from '../ledger/volumes.js';
import { frameOf } from './frame.js';
import type { Frame } from './frame.js';
import { followLedger } from './ledger-feed.js';
import type { LedgerFeed, LedgerNews } from './ledger-feed.js';
import { watchQuarantine } from './quarantine.js';
import { watchStandIn } from './stand-in.js';
import { watchSurface } from './surface-watch.js';
import type { SurfaceWatch } from './surface-watch.js';

export interface HubOptions {
  /** Logs directory or its mirror. */
  readonly dir: string;
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
  /** How the mirror stands, where the caller runs it; else what `sync_report.json` of the directory says. */
  readonly mirror?: (() => ApiMirror | null) | undefined;
  /** Where the file lies that stands for a missing `nav_history`; `dir` by default. */
  readonly navLogDir?: string | undefined;
}

/** The one place that reads the directory, whatever the number of those who look at it. */
export interface Hub {
  readonly dir: string;
  readonly navLogDir: string;
  readonly now: () => number;
  readonly startedAt: number;
  /** Looks at every file and reads what changed. Looks never overlap; whoever asks meanwhile shares the next one. */
  look(): Promise<void>;
  surfaces(): readonly ApiSurface[];
  reading(surface: StateName): SurfaceReading | null;
  ledgers(): readonly ApiLedger[];
  status(): ApiStatus;
  positions(): Positions;
  /** When every file was last looked at, in seconds since 1970. */
  lookedAt(): number;
  /** Seconds since then, whatever the clock was set to meanwhile. */
  lookAge(): number;
  /** The newest frame of every surface. */
  surfaceFrames(): readonly Frame[];
  /** Calls `listener` with every new frame until the returned function is called. */
  subscribe(listener: (frame: Frame) => void): () => void;
  /** How often files were read since the start. */
  reads(): number;
}

/** Makes a hub and looks at the directory once. */
export async function createHub({ dir, now, mirror, navLogDir = dir }: HubOptions): Promise<Hub> {
  const startedAt = now();
  const reader = createReader({ dir, now });
  const listeners = new Set<(frame: Frame) => void>();
  let reads = 0;
  const count = (): void => {
    reads += 1;
  };
  const watches = stateNames.map((surface) => watchSurface(dir, surface, reader, count));
  const feeds = ledgerNames.map((ledger) => followLedger(dir, ledger, count));
  const quarantine = watchQuarantine(dir);
  const shown = new Map<StateName, { readonly surface: ApiSurface; readonly frame: Frame }>();
  const segments = new Map<LedgerName, number>();
  const standings = new Map<LedgerName, string>();
  const standIn = watchStandIn(navLogDir);
  let looked = { at: startedAt, tick: performance.now() };
  const board = createStatusBoard({ dir, startedAt, watches, feeds, mirror, lookedAt: () => looked.at });

  const publish = (frame: Frame): void => {
    for (const listener of listeners) listener(frame);
  };
  // Moves together with what is published, so that whoever subscribes here neither misses a line nor gets one twice.
  const published = new Map<LedgerName, Position>();
  const positions = (): Positions => Object.fromEntries(published) as Positions;
  const ledgerOf = (feed: LedgerFeed): ApiLedger =>
    apiLedger(
      {
        ledger: feed.ledger,
        file: standIn.of(feed.ledger)?.file ?? registry[feed.ledger].file,
        health: standIn.of(feed.ledger)?.health ?? feed.health(),
        segments: segments.get(feed.ledger) ?? 0,
        position: feed.position(),
        quarantine: quarantine.of(feed.ledger),
      },
      now(),
    );

  await quarantine.look();
  for (const feed of feeds) {
    await feed.begin();
    published.set(feed.ledger, feed.position());
  }
  const look = single(pass);
  await look();

  return {
    dir,
    navLogDir,
    now,
    startedAt,
    look,
    surfaces: () => [...shown.values()].map(({ surface }) => surface),
    reading: (surface) => watches.find((each) => each.surface === surface)?.reading() ?? null,
    ledgers: () => feeds.map(ledgerOf),
    status: () => board.status(now()),
    positions,
    lookedAt: () => looked.at,
    lookAge: () => (performance.now() - looked.tick) / 1000,
    surfaceFrames: () => [...shown.values()].map(({ frame }) => frame),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    reads: () => reads,
  };

  async function pass(): Promise<void> {
    const isQuarantineNew = await quarantine.look();
    await lookAtSurfaces(isQuarantineNew);
    for (const feed of feeds) {
      const rotated = (await segmentsOf(dir, feed.ledger)).length;
      segments.set(feed.ledger, rotated);
      await standIn.look(feed, rotated);
      let isTold = false;
      for await (const news of feed.look()) {
        isTold = true;
        published.set(feed.ledger, feed.position());
        publish(ledgerFrame(feed, news));
      }
      const standing = standingOf(ledgerOf(feed));
      if (!isTold && standings.has(feed.ledger) && standings.get(feed.ledger) !== standing)
        publish(ledgerFrame(feed, { kind: 'lines', entries: [] }));
      standings.set(feed.ledger, standing);
    }
    const isNews = await board.refresh(now());
    looked = { at: now(), tick: performance.now() };
    if (isNews) publish(frameOf('status', { now: now(), status: board.status(now()) }));
  }

  async function lookAtSurfaces(isQuarantineNew: boolean): Promise<void> {
    const changed = new Set<StateName>();
    for (const watch of watches.toSorted(companionsFirst)) {
      const companion = registry[watch.surface].age.companion?.surface;
      const isNew = await watch.look(now(), companion !== undefined && changed.has(companion));
      if (isNew) changed.add(watch.surface);
    }
    for (const watch of watches) {
      const reading = watch.reading();
      if (reading === null || !(changed.has(watch.surface) || isQuarantineNew)) continue;
      const surface = apiSurface(reading, watch.readAt(), quarantine.of(watch.surface));
      const frame = frameOf('surface', { now: now(), surface });
      shown.set(watch.surface, { surface, frame });
      publish(frame);
    }
  }

  function ledgerFrame(feed: LedgerFeed, news: LedgerNews): Frame {
    const { ledger } = feed;
    const health = ledgerOf(feed);
    const id = streamId(positions());
    if (news.kind === 'lines')
      return frameOf('ledger', { now: now(), ledger, entries: news.entries.map(apiEntry), health }, id);
    const position = positionText(feed.position());
    return frameOf('reset', { now: now(), ledger, position, reason: news.reason, health }, id);
  }
}

/** How a ledger stands, apart from its lines: it may change although none is appended. */
function standingOf({ state, file, segments, last_finding, quarantine }: ApiLedger): string {
  return JSON.stringify([state, file, segments, last_finding, quarantine.count]);
}

/** A surface whose age comes from another is looked at after that one. */
function companionsFirst(one: SurfaceWatch, other: SurfaceWatch): number {
  return rank(one) - rank(other);
}

function rank({ surface }: SurfaceWatch): number {
  return registry[surface].age.companion === undefined ? 0 : 1;
}

/** Runs of `work` never overlap: a call during a run shares the run after it. */
function single(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (running === null) return run();
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = null;
        return run();
      });
    return waiting;
  };
}
