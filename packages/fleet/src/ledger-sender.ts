import { join } from 'node:path';
import { finding, MAX_LINE_BYTES } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, RuleId, SurfaceEntry } from '@hedge-telemetry/contract';
import { isSettled, lookAt, sameLook, unreadable } from '@hedge-telemetry/sync';
import type { Look } from '@hedge-telemetry/sync';
import type { EgressScan } from './egress.js';
import { HEADER } from './headers.js';
import { createLedgerFeed } from './ledger/feed.js';
import type { FeedLine, Standing } from './ledger/feed.js';
import { segmentNames } from './ledger/files.js';
import { positionHeaders } from './ledger/position.js';
import type { LedgerPosition } from './ledger/position.js';
import { outcome } from './outcome.js';
import type { SurfaceOutcome } from './outcome.js';
import { SinkError } from './sink.js';
import type { Appender, SinkRecord } from './sink.js';

/** What one pass may spend. */
export interface Allowance {
  /** Bytes of each ledger; what is left over waits for the next pass. */
  readonly ledgerBytes: number;
  /** Findings on single lines that may still be reported; counted down. */
  lineFindings: number;
}

/** Sends the lines of one ledger, in order, from where the server stands. */
export interface LedgerSender {
  readonly surface: LedgerName;
  readonly position: LedgerPosition | null;
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
    const look = lookAt(path);
    const segments = segmentNames(path);
    if (done !== null && sameLook(done.look, look) && done.segments === segments) return done.outcome;
    done = null;
    if (look.state === 'missing' && segments === '') return outcome(entry.name, 'absent');
    const result = await sendLines(appender, allowance);
    if (!result.more && result.status !== 'skipped' && isSettled(look)) {
      const torn = result.findings.filter(({ rule }) => rule === 'line-unterminated');
      done = {
        look,
        segments,
        outcome: outcome(entry.name, 'unchanged', { findings: torn, lagBytes: result.lagBytes }),
      };
    }
    return result;
  }

  async function sendLines(appender: Appender, allowance: Allowance): Promise<SurfaceOutcome> {
    const tally = { lines: 0, malformedLines: 0, withheldLines: 0, findings: [] as Finding[], bytes: 0 };
    const report = (each: Finding): void => {
      tally.findings.push(each);
    };
    const summary = (more: boolean) => ({ ...tally, lagBytes: feed.lagBytes, more });
    try {
      for await (const line of feed.lines(report)) {
        const prepared = prepare(line);
        for (const each of prepared.findings) {
          if (allowance.lineFindings > 0) report({ ...each, file: line.file });
          allowance.lineFindings -= 1;
        }
        await appender.send(entry.name, prepared.record);
        tally.lines += 1;
        tally.bytes += line.position.length;
        if (prepared.malformed) tally.malformedLines += 1;
        if (prepared.withheld) tally.withheldLines += 1;
        if (tally.bytes >= allowance.ledgerBytes) return outcome(entry.name, 'sent', summary(true));
      }
    } catch (error) {
      if (error instanceof SinkError) throw error;
      report({ ...unreadable(path, error instanceof Error ? error.message : String(error)), surface: entry.name });
      return outcome(entry.name, 'skipped', summary(false));
    }
    if (feed.lagBytes > 0) report(unterminated(entry.name, path, feed.lagBytes));
    return outcome(entry.name, tally.lines > 0 ? 'sent' : 'unchanged', summary(false));
  }

  function prepare({ bytes, position, complete }: FeedLine): Prepared {
    if (bytes === null) return tooLarge(position, `at most ${MAX_LINE_BYTES} bytes`);
    if (bytes.length > maxPayload) return tooLarge(position, `at most ${maxPayload} bytes`);
    const { verdict, bytes: leaving, malformed, findings } = scan(entry.name, bytes);
    const asItIs = verdict === 'sent';
    const flaw = malformed ?? (complete ? null : unterminated(entry.name, path, bytes.length));
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
    const findings = [finding(rule, { surface: entry.name, expected, actual })];
    return { record: { bytes: NOTHING, headers }, findings, malformed: false, withheld: true };
  }
}

function unterminated(surface: LedgerName, file: string, bytes: number): Finding {
  const actual = `${bytes} bytes without one`;
  return finding('line-unterminated', { surface, file, expected: 'a newline at the end', actual });
}
