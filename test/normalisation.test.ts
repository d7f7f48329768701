import { fraction, normalizePercentage, percentPoints, toPercentPoints } from '@hedge-telemetry/contract';
import type { Percentage, RiskSnapshot } from '@hedge-telemetry/contract';
import { createWriter } from '@hedge-telemetry/writer';
import type { Writer } from '@hedge-telemetry/writer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readJson, repository, withDirectory } from './support.js';

type Given = Percentage | number | null | undefined;

const amount = fc.double({ min: -50, max: 500, noNaN: true });
const percentage: fc.Arbitrary<Given> = fc.oneof(
  amount.map((value) => percentPoints(value)),
  fc.double({ min: -1, max: 2, noNaN: true }).map((value) => fraction(value)),
  amount,
  fc.constantFrom(null, undefined, NaN, Infinity, 0, 0.13, 1, 100),
);

async function template(): Promise<Record<string, unknown>> {
  return (await readJson(repository, 'schemas/examples/risk_snapshot/valid/minimal.json')) as Record<string, unknown>;
}

async function published(directory: string, change: Record<string, unknown>): Promise<RiskSnapshot | null> {
  const writer = createWriter({ dir: directory });
  const document = await publishedBy(writer, directory, change);
  await writer.close();
  return document;
}

async function publishedBy(
  writer: Writer,
  directory: string,
  change: Record<string, unknown>,
): Promise<RiskSnapshot | null> {
  const { ok } = writer.publish('risk_snapshot', { ...(await template()), ...change } as never);
  await writer.flush();
  return ok ? ((await readJson(directory, 'state/risk_snapshot.json')) as RiskSnapshot) : null;
}

describe('a published risk snapshot', () => {
  it.each([
    ['percent points', percentPoints(0.13), 0.0013],
    ['a fraction', fraction(0.0013), 0.0013],
    ['a bare number, which is in the unit of dd_pct', 0.13, 0.0013],
  ])('says 0.13 %% whatever form the caller used: %s', async (_what, given, expected) => {
    await withDirectory(async (directory) => {
      const document = await published(directory, {
        dd_pct: given,
        daily_loss_pct: given,
        dd_frac: undefined,
        daily_loss_frac: undefined,
      });
      expect(document).toMatchObject({
        dd_pct: 0.13,
        dd_frac: expected,
        daily_loss_pct: 0.13,
        daily_loss_frac: expected,
      });
    });
  });

  it('holds dd_frac == normalizePercentage(dd_pct) and the same for daily loss, for every input', async () => {
    await withDirectory(async (directory) => {
      const writer = createWriter({ dir: directory, durability: 'fast' });
      await fc.assert(
        fc.asyncProperty(percentage, percentage, percentage, percentage, async (ddPct, ddFrac, lossPct, lossFrac) => {
          const document = await publishedBy(writer, directory, {
            dd_pct: ddPct,
            dd_frac: ddFrac ?? null,
            daily_loss_pct: lossPct,
            daily_loss_frac: lossFrac ?? null,
          });
          expect(document).not.toBeNull();
          holds(document?.dd_pct, document?.dd_frac);
          holds(document?.daily_loss_pct, document?.daily_loss_frac);
        }),
        { numRuns: 200, seed: 7 },
      );
      await writer.close();
    });
  });

  it('takes the pct that the caller stated, never the fraction beside it', async () => {
    await withDirectory(async (directory) => {
      const document = await published(directory, { dd_pct: percentPoints(0.13), dd_frac: 0.13 });
      expect(document?.dd_frac).toBe(0.0013);
    });
  });

  it('is refused when it states two different drawdowns, and the valid file stays', async () => {
    await withDirectory(async (directory) => {
      const before = await published(directory, { dd_pct: 1 });
      const state = { dd_state: 'normal', drawdown: { dd_pct: 2 } };
      expect(await published(directory, { dd_pct: 1, dd_state: state })).toBeNull();
      expect(await readJson(directory, 'state/risk_snapshot.json')).toEqual(before);
    });
  });
});

function holds(points: number | null | undefined, share: number | null | undefined): void {
  if (points === null || points === undefined) expect(share ?? null).toBeNull();
  else expect(share).toBe(normalizePercentage(percentPoints(toPercentPoints(points) ?? NaN)));
}
