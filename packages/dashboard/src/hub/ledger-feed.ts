import { registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { after, pageBefore, sizeOf } from '../ledger/history.js';
import type { PlacedEntry } from '../ledger/history.js';
import { START } from '../ledger/position.js';
import type { Position } from '../ledger/position.js';
import { currentVolume, generationOf, volumesOf } from '../ledger/volumes.js';
import type { KnownVolume } from '../ledger/volumes.js';
import { batchesOf } from '../ledger/batches.js';
import { readTrouble } from '../ledger/volume-lines.js';
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
/** A reader that is further behind than this fetches a page instead. */
const MAX_BEHIND_BYTES = 32 * 1024 * 1024;
const TOO_MUCH = 'it grew too much at once';

/** Follows the ledger below `dir`. `count` is called for every time that the file is read. */
export function followLedger(dir: string, ledger: LedgerName, count: () => void): LedgerFeed {
  const current = currentVolume(dir, ledger);
  const health = createLedgerHealth(registry[ledger].file);
  let position: Position = START;
  let last: FileLook | null = null;

  return {
    ledger,
    position: () => position,
    health: () => health,
    begin: async () => {
      last = await lookAt(current.path);
      health.sized(last.size);
      health.barred(await readTrouble(current));
      const page = await pageBefore(dir, ledger, null, LINES_AT_START);
      if (page === null) return;
      for (const { entry } of page.entries) health.saw(entry);
      position = page.next;
    },
    look,
  };

  async function* look(): AsyncGenerator<LedgerNews, void, undefined> {
    const seen = await lookAt(current.path);
    if (last !== null && last.key === seen.key && !last.isRacy && health.trouble === null) return;
    last = seen;
    health.sized(seen.size);
    if (seen.size !== null) count();
    health.barred(await readTrouble(current));
    if (health.trouble === null) yield* news();
  }

  async function* news(): AsyncGenerator<LedgerNews, void, undefined> {
    const generation = await generationOf(current);
    const size = await sizeOf(current);
    if (generation !== null && generation === position.generation && position.offset <= size) {
      if (size - position.offset > MAX_BEHIND_BYTES) return yield await reset(TOO_MUCH);
      return yield* take({ ...current, generation }, position.offset);
    }
    const behind = await volumesFrom(position);
    if (behind === null) {
      if (generation !== null) yield await reset('its file was replaced');
      return;
    }
    const sizes = await Promise.all(behind.map(sizeOf));
    if (sizes.reduce((sum, each) => sum + each, -position.offset) > MAX_BEHIND_BYTES)
      return yield await reset(TOO_MUCH);
    const { offset } = position;
    for (const [step, volume] of behind.entries()) yield* take(volume, step === 0 ? offset : 0);
  }

  /** The segment that holds a position and what came after it; null where none holds it any more. */
  async function volumesFrom({ generation }: Position): Promise<KnownVolume[] | null> {
    const volumes = await volumesOf(dir, ledger);
    if (generation === null) return volumes;
    const index = volumes.findLastIndex((volume) => !volume.isCurrent && volume.generation === generation);
    return index === -1 ? null : volumes.slice(index);
  }

  async function* take(volume: KnownVolume, from: number): AsyncGenerator<LedgerNews, void, undefined> {
    for await (const entries of batchesOf(volume, from, Infinity)) {
      for (const { entry } of entries) health.saw(entry);
      const newest = entries.at(-1);
      if (newest !== undefined) position = after(newest);
      yield { kind: 'lines', entries };
    }
  }

  async function reset(reason: string): Promise<LedgerNews> {
    position = await atEnd();
    return { kind: 'reset', reason };
  }

  async function atEnd(): Promise<Position> {
    return (await pageBefore(dir, ledger, null, 1))?.next ?? START;
  }
}
