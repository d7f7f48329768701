import { registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { columnsOf } from '../api/columns.js';
import { apiEntry } from '../api/entry.js';
import type { LedgerAnswer } from '../api/types.js';
import type { Hub } from '../hub/hub.js';
import { pageBefore, pageFrom, timeOf } from '../ledger/history.js';
import type { Page } from '../ledger/history.js';
import { isNavLog, navLogEntries } from '../ledger/nav-log.js';
import { positionText } from '../ledger/position.js';
import type { Position } from '../ledger/position.js';
import { currentVolume, generationOf } from '../ledger/volumes.js';
import { ledgerQuery } from './params.js';
import type { LedgerQuery } from './params.js';
import { failure, json } from './respond.js';
import type { Answer } from './respond.js';

/** Answers a request for the lines or columns of a ledger. */
export async function ledgerRoute(hub: Hub, ledger: LedgerName, search: URLSearchParams): Promise<Answer> {
  const parsed = ledgerQuery(search);
  if (!parsed.ok) return failure(400, 'parameter', parsed.message);
  const { query } = parsed;
  const file = hub.ledgers().find(({ name }) => name === ledger)?.file ?? registry[ledger].file;
  if (query.fields !== null) return json(await columnsOf(hub, ledger, file, query.fields, query));
  const found = isNavLog(ledger, file) ? await navLogPage(hub, query) : await pageOf(hub, ledger, query);
  const page = found ?? { entries: [], previous: null, next: hub.positions()[ledger], more: true };
  const { since } = query;
  const wanted = page.entries.filter(({ entry }) => since === null || (timeOf(entry) ?? since) >= since);
  const answer: LedgerAnswer = {
    now: hub.now(),
    ledger,
    file,
    entries: wanted.map(apiEntry),
    previous: page.previous === null ? null : positionText(page.previous),
    next: positionText(page.next),
    more: page.more,
    gone: found === null,
  };
  return json(answer);
}

async function pageOf({ dir }: Hub, ledger: LedgerName, { from, before, limit }: LedgerQuery): Promise<Page | null> {
  if (from === null) return pageBefore(dir, ledger, before, limit);
  return pageFrom(dir, ledger, typeof from === 'number' ? await inCurrent(dir, ledger, from) : from, limit);
}

async function inCurrent(dir: string, ledger: LedgerName, offset: number): Promise<Position> {
  return { generation: await generationOf(currentVolume(dir, ledger)), offset };
}

/** Positions of the file that stands for the ledger count its items. */
async function navLogPage({ navLogDir: dir }: Hub, { from, before, limit }: LedgerQuery): Promise<Page> {
  const all = await navLogEntries(dir);
  const generation = all[0]?.generation ?? null;
  const start = typeof from === 'number' ? from : from?.offset;
  const stop = before === null || before.generation === null ? all.length : before.offset;
  const end = start === undefined ? Math.min(all.length, stop) : start + limit;
  const begin = start ?? Math.max(0, end - limit);
  const entries = all.slice(begin, end);
  return {
    entries,
    previous: begin > 0 && entries.length > 0 ? { generation, offset: begin } : null,
    next: { generation, offset: Math.min(end, all.length) },
    more: end < all.length,
  };
}
