import { join } from 'node:path';
import { finding, MAX_LINE_BYTES } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, RuleId, SurfaceEntry } from '@hedge-telemetry/contract';
import { isSettled, lookAt, sameLook, unreadable } from '@hedge-telemetry/sync';
import type { Look } from '@hedge-telemetry/sync';
import type { EgressScan } from './egress.js';
import { HEADER } from './headers.js';
import { createLedgerFeed } from './ledger/feed.js';
import type { FeedLine, Standing } from './ledger/feed.js';
import { segmentSignature } from './ledger/files.js';
import { positionHeaders } from './ledger/position.js';
import type { LedgerPosition } from './ledger/position.js';
import { outcome } from './outcome.js';
import type { SurfaceOutcome } from './outcome.js';
import { SinkError } from './sink.js';
import type { Appender, SinkRecord } from './sink.js';

/** What one pass may spend. */
export interface Allowance {
  /** Bytes of the ledger, counted down; what is left over waits for the next pass. */
  ledgerBytes: number;
  /** Findings on single lines that may still be reported; counted down. */
  lineFindings: number;
  /** True when something else is due: what is left over waits until that is done. */
  readonly isInterrupted: () => boolean;
}

/** Sends the lines of one ledger, in order, from where the server stands. */
export interface LedgerSender {
  readonly surface: LedgerName;
  readonly position: LedgerPosition | null;
  /** Rejects where a file cannot be read. */
  standing(of: LedgerPosition): Promise<Standing>;
  /** Hands the lines to the appender. Rejects with a SinkError only. */
  pass(appender: Appender, allowance: Allowance): Promise<SurfaceOutcome>;
}

export interface LedgerSenderOptions {
  readonly entry: SurfaceEntry & { readonly name: LedgerName };
  readonly from: string;
  readonly source: string;
  readonly start: LedgerPosition | null;
  /** The files hold that position. */
  readonly held: boolean;
  readonly maxPayload: number;
  readonly scan: EgressScan;
}

/** A line as it leaves, and what there is to say about it. */
interface Prepared {
  readonly record: SinkRecord;
  readonly findings: readonly Finding[];
  readonly malformed: boolean;
  readonly withheld: boolean;
}

/** What a pass adds up to. */
interface Tally {
  lines: number;
  malformedLines: number;
  withheldLines: number;
  readonly findings: Finding[];
}

const NOTHING = new Uint8Array(0);

/** Makes the sender of one ledger for one session. */
export function createLedgerSender({
  entry,
  from,
  source,
  start,
  held,
  maxPayload,
  scan,
}: LedgerSenderOptions): LedgerSender {
  const path = join(from, entry.file);
  const feed = createLedgerFeed({ entry, path, source, start, held });
  let done: { readonly look: Look; readonly segments: string; readonly outcome: SurfaceOutcome } | null = null;

  return {
    surface: entry.name,
    standing: (of) => feed.standing(of),
    pass,
    get position() {
      return feed.position;
    },
  };

  async function pass(appender: Appender, allowance: Allowance): Promise<SurfaceOutcome> {
    const tally = { lines: 0, malformedLines: 0, withheldLines: 0, findings: [] as Finding[] };
    const summary = (more: boolean) => ({ ...tally, lagBytes: feed.lagBytes, more });
    try {
      const look = lookAt(path);
      const segments = segmentSignature(path);
      if (done !== null && sameLook(done.look, look) && done.segments === segments) return done.outcome;
      done = null;
      if (look.state === 'missing' && segments === '') return outcome(entry.name, 'absent');
      const more = await sendLines(appender, allowance, tally);
      const torn =
        more || feed.lagBytes === 0 ? [] : [{ ...unterminated(feed.lagBytes), surface: entry.name, file: path }];
      tally.findings.push(...torn);
      if (!more && isSettled(look)) {
        const lasting = outcome(entry.name, 'unchanged', { findings: torn, lagBytes: feed.lagBytes });
        done = { look, segments, outcome: lasting };
      }
      return outcome(entry.name, tally.lines > 0 ? 'sent' : 'unchanged', summary(more));
    } catch (error) {
      if (error instanceof SinkError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      tally.findings.push({ ...unreadable(path, reason), surface: entry.name });
      return outcome(entry.name, 'skipped', summary(false));
    }
  }

  /** True where the allowance ran out before the lines did. */
  async function sendLines(appender: Appender, allowance: Allowance, tally: Tally): Promise<boolean> {
    for await (const line of feed.lines((each) => tally.findings.push(each))) {
      const prepared = prepare(line);
      for (const each of prepared.findings.slice(0, Math.max(0, allowance.lineFindings)))
        tally.findings.push({ ...each, surface: entry.name, file: line.file, line: await line.number() });
      allowance.lineFindings -= prepared.findings.length;
      await appender.send(entry.name, prepared.record);
      feed.take(line);
      tally.lines += 1;
      if (prepared.malformed) tally.malformedLines += 1;
      if (prepared.withheld) tally.withheldLines += 1;
      allowance.ledgerBytes -= line.position.length;
      if (allowance.ledgerBytes <= 0 || allowance.isInterrupted()) return true;
    }
    return false;
  }

  function prepare({ bytes, position, complete }: FeedLine): Prepared {
    if (bytes === null) return tooLarge(position, `at most ${MAX_LINE_BYTES} bytes`);
    if (bytes.length > maxPayload) return tooLarge(position, `at most ${maxPayload} bytes`);
    const { verdict, bytes: leaving, malformed, findings } = scan(entry.name, bytes);
    const asItIs = verdict === 'sent';
    const flaw = malformed ?? (complete ? null : unterminated(bytes.length));
    return {
      record: {
        bytes: leaving,
        headers: {
          ...positionHeaders(asItIs ? position : { ...position, line: null }),
          ...(flaw === null ? {} : { [HEADER.finding]: flaw.rule }),
          ...(asItIs ? {} : { [HEADER.withheld]: verdict === 'redacted' ? 'redacted' : 'secret' }),
        },
      },
      findings: [...findings, ...(flaw === null ? [] : [flaw])],
      malformed: malformed !== null,
      withheld: !asItIs,
    };
  }

  function tooLarge(position: LedgerPosition, expected: string): Prepared {
    const rule: RuleId = 'remote-payload-too-large';
    const headers = { ...positionHeaders(position), [HEADER.finding]: rule, [HEADER.withheld]: 'too-large' };
    const actual = `a line of ${position.length} bytes`;
    const findings = [finding(rule, { expected, actual })];
    return { record: { bytes: NOTHING, headers }, findings, malformed: false, withheld: true };
  }
}

function unterminated(bytes: number): Finding {
  return finding('line-unterminated', { expected: 'a newline at the end', actual: `${bytes} bytes without one` });
}
