import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import type { Writer } from '@hedge-telemetry/writer';
import { drawnDown, drawnDownRecord } from './drawdown.js';

/** Something that goes wrong in the demo, and where an operator sees it. */
export interface Incident {
  readonly title: string;
  readonly lookAt: string;
}

/** Trouble by the clock: one incident after the other, with quiet between them, again and again. */
export interface Incidents {
  /** The clock of the executor. */
  readonly now: () => number;
  /** The executor's writer, through which the incidents happen. */
  wrap(writer: Writer): Writer;
  /** What is going on at the moment; null in the quiet. */
  current(): Incident | null;
}

export interface IncidentOptions {
  /** The directory that the executor writes. */
  readonly dir: string;
  /** The clock, in seconds since 1970. */
  readonly clock: () => number;
  /** How long an incident lasts, and the quiet after it, in seconds. */
  readonly seconds: number;
}

interface Script extends Incident {
  /** What is written in place of a document: a text as it is, a document through the writer, or undefined for what there was. */
  readonly replace?: (surface: StateName, document: unknown, now: number) => string | object | undefined;
  /** The record that is appended in place of another; undefined for the same. */
  readonly record?: (ledger: LedgerName, record: unknown) => object | undefined;
  /** Seconds that the executor's clock is ahead. */
  readonly ahead?: number;
  /** Happens once, when the incident begins. */
  readonly once?: (writer: Writer) => void;
}

const HOUR = 3_600;

const scripts: readonly Script[] = [
  {
    title: 'A surface goes stale: symbol_scores_v6 is no longer computed.',
    lookAt: 'its state "stale" and its age, with the last values toned down; the alert HedgeSurfaceStale',
    replace: (surface, document, now) =>
      surface === 'symbol_scores_v6' ? { ...(document as object), updated_ts: now - 2 * HOUR } : undefined,
  },
  {
    title: 'A torn file: router_health.json ends in the middle.',
    lookAt: 'the router panels: "unreadable", no zeros; Contract health names the line of JSON',
    replace: (surface, document) => (surface === 'router_health' ? JSON.stringify(document).slice(0, 300) : undefined),
  },
  {
    title: 'A risk mode that no reader knows: PANIC.',
    lookAt: 'risk mode: "invalid" with PANIC as it is spelled, in the worst tone, and never OK',
    replace: (surface, document, now) =>
      surface === 'risk_snapshot'
        ? JSON.stringify({ ...plain(document), risk_mode: 'PANIC', updated_ts: now })
        : undefined,
  },
  {
    title: 'A drawdown of 9 %.',
    lookAt: 'drawdown against its cap, risk mode DEFENSIVE, and the shaded part of the NAV history',
    replace: drawnDown,
    record: drawnDownRecord,
  },
  {
    title: 'A secret in an error message.',
    lookAt: 'Events: an error whose key reads [redacted:…]; no file holds the key',
    once: (writer) => {
      const secret = randomBytes(32).toString('hex');
      const message = `signature rejected: api_secret=${secret}`;
      const metadata = { api_key: secret };
      writer.append('events', {
        type: 'error',
        symbol: null,
        qty: null,
        price: null,
        is_maker: null,
        slippage_bps: null,
        message,
        metadata,
      } as never);
    },
  },
  {
    title: 'The executor’s clock jumps an hour ahead.',
    lookAt: 'every surface "from the future": its age is not known, and nothing is called fresh',
    ahead: HOUR,
  },
  {
    title: 'A version from the future: pipeline_v6_shadow_head_v9.',
    lookAt: 'Contract health: version seen v9, expected v1; the shadow panel is invalid',
    replace: (surface, _document, now) =>
      surface === 'pipeline_v6_shadow_head'
        ? JSON.stringify({
            schema: 'pipeline_v6_shadow_head_v9',
            generated_ts: now,
            decisions: { total: 0, allowed: 0 },
          })
        : undefined,
  },
];

/** The incidents in the order in which they happen. */
export const incidentList: readonly Incident[] = scripts.map(({ title, lookAt }) => ({ title, lookAt }));

export function createIncidents({ dir, clock, seconds }: IncidentOptions): Incidents {
  const start = clock();
  let begun = -1;

  const slot = (): number => Math.floor((clock() - start) / seconds);
  /** Quiet and incident take turns, quiet first. */
  const script = (): Script | null =>
    slot() % 2 === 1 ? (scripts[((slot() - 1) / 2) % scripts.length] ?? null) : null;
  const now = (): number => clock() + (script()?.ahead ?? 0);

  return {
    now,
    current: script,
    wrap: (writer) => ({
      ...writer,
      publish: (surface, document) => {
        begin(writer);
        const replaced = script()?.replace?.(surface, document, now());
        if (replaced === undefined) return writer.publish(surface, document);
        if (typeof replaced === 'object') return writer.publish(surface, replaced as typeof document);
        put(dir, surface, replaced);
        return { ok: true, findings: [] };
      },
      append: (ledger, record) =>
        writer.append(ledger, (script()?.record?.(ledger, record) ?? record) as typeof record),
    }),
  };

  function begin(writer: Writer): void {
    if (slot() === begun) return;
    begun = slot();
    script()?.once?.(writer);
  }
}

/** Past the writer, which would refuse it. */
function put(dir: string, surface: StateName, text: string): void {
  const path = join(dir, registry[surface].file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A document as it would stand in its file, near enough: dates and stated percentages become numbers. */
function plain(document: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(document, plainValue)) as Record<string, unknown>;
}

function plainValue(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return key.endsWith('_pct') && typeof value === 'object' ? null : value;
}
