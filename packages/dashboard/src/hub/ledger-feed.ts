import { registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { after, pageBefore, sizeOf } from '../ledger/history.js';
import type { PlacedEntry } from '../ledger/history.js';
import type { Position } from '../ledger/position.js';
import { currentVolume, generationOf, volumesOf } from '../ledger/volumes.js';
import { volumeLines } from '../ledger/volume-lines.js';
import { createLedgerHealth } from './ledger-health.js';
import type { LedgerHealth } from './ledger-health.js';
import { lookAt } from './file-look.js';
import type { FileLook } from './file-look.js';

/** What a look at a ledger brought. */
export type LedgerNews =
  | { readonly kind: 'lines'; readonly entries: readonly PlacedEntry[] }
  | { readonly kind: 'reset'; readonly reason: string };

/** Follows a ledger: its complete lines, each once, also across a rotation. */
export interface LedgerFeed {
  readonly ledger: LedgerName;
  /** Takes up what is there, without news. */
  begin(): Promise<void>;
  /** What was appended since the last look, in order; `position` moves with every piece that is taken. */
  look(): AsyncGenerator<LedgerNews, void, undefined>;
  position(): Position;
  health(): LedgerHealth;
}

/** Lines that tell how a ledger stands when it is first looked at. */
const LINES_AT_START = 200;
const LINES_AT_ONCE = 200;
/** A reader that is further behind than this fetches a page instead. */
const MAX_BEHIND_BYTES = 32 * 1024 * 1024;

/** Follows the ledger below `dir`. `count` is called for every time that the file is read. */
export function followLedger(dir: string, ledger: LedgerName, count: () => void): LedgerFeed {
  const current = currentVolume(dir, ledger);
  const health = createLedgerHealth(registry[ledger].file);
  let position: Position = { generation: null, offset: 0 };
  let last: FileLook | null = null;

  return {
    ledger,
    position: () => position,
    health: () => health,
    begin: async () => {
      last = await lookAt(current.path);
      health.sized(last.size);
      const page = await pageBefore(dir, ledger, null, LINES_AT_START);
      if (page === null) return;
      for (const { entry } of page.entries) health.saw(entry);
      position = page.next.generation === (await generationOf(current)) ? page.next : await atEnd();
    },
    look,
  };

  async function* look(): AsyncGenerator<LedgerNews, void, undefined> {
    const seen = await lookAt(current.path);
    if (last !== null && last.key === seen.key && !last.isRacy) return;
    last = seen;
    health.sized(seen.size);
    if (seen.size === null) return;
    count();
    yield* news();
  }

  async function* news(): AsyncGenerator<LedgerNews, void, undefined> {
    const generation = await generationOf(current);
    if (generation === null) return;
    const size = await sizeOf(current);
    const isContinued = generation === position.generation && position.offset <= size;
    if (isContinued || position.generation === null) {
      if (position.generation === null) position = { generation, offset: 0 };
      if (size - position.offset > MAX_BEHIND_BYTES) return yield await reset('it grew too much at once');
      return yield* take(current, position.offset, generation);
    }
    const volumes = await volumesOf(dir, ledger);
    const index = volumes.findLastIndex((volume) => !volume.isCurrent && volume.generation === position.generation);
    if (index === -1) return yield await reset('its file was replaced');
    for (const [step, volume] of volumes.slice(index).entries())
      yield* take(volume, step === 0 ? position.offset : 0, volume.generation);
  }

  async function* take(
    volume: Parameters<typeof volumeLines>[0],
    from: number,
    generation: string | null,
  ): AsyncGenerator<LedgerNews, void, undefined> {
    let entries: PlacedEntry[] = [];
    const handOver = (): LedgerNews => {
      const news = { kind: 'lines', entries } as const;
      const newest = entries.at(-1);
      if (newest !== undefined) position = after(newest);
      entries = [];
      return news;
    };
    for await (const entry of volumeLines(volume, from)) {
      health.saw(entry);
      entries.push({ generation, entry });
      if (entries.length >= LINES_AT_ONCE) yield handOver();
    }
    if (entries.length > 0) yield handOver();
  }

  async function reset(reason: string): Promise<LedgerNews> {
    position = await atEnd();
    return { kind: 'reset', reason };
  }

  async function atEnd(): Promise<Position> {
    const page = await pageBefore(dir, ledger, null, 1);
    const generation = await generationOf(current);
    if (page === null || page.next.generation !== generation) return { generation, offset: 0 };
    return page.next;
  }
}
