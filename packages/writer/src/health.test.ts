import { describe, expect, it } from 'vitest';
import { fileOf, nav, orderEvent, readJson, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';

const health = { schema: 'execution_health_v1', router: null, risk: null, errors: [] } as const;

describe('execution_health', () => {
  it("carries the writer's own counters, and its last finding without the values", async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir, now: () => 1_764_000_000 });
    writer.publish('nav', nav(1));
    writer.append('events', orderEvent);
    writer.append('events', { ...orderEvent, qty: 'much' } as never);
    await writer.flush();
    writer.publish('execution_health', health);
    await writer.close();
    expect(readJson(fileOf(dir, 'execution_health'))).toMatchObject({
      ...health,
      telemetry: {
        accepted: 2,
        written: 2,
        unchanged: 0,
        coalesced: 0,
        refused: 1,
        rejected: 0,
        spilled: 0,
        withheld: 0,
        failed_writes: 0,
        last_finding: { rule: 'type-mismatch', level: 'error', surface: 'events', ts: 1_764_000_000 },
      },
    });
  });

  it('keeps counters that the caller gave', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir });
    writer.publish('execution_health', { ...health, telemetry: { accepted: 7 } });
    await writer.close();
    expect(readJson(fileOf(dir, 'execution_health'))).toMatchObject({ telemetry: { accepted: 7 } });
  });

  it('is refused with a finding where it throws when it is read', () => {
    const writer = createWriter({ dir: temporaryDirectory() });
    const thrower = () => {
      throw new Error('no');
    };
    const hostile = new Proxy({}, { getPrototypeOf: thrower, ownKeys: thrower, get: thrower });
    const getter = Object.defineProperty({ ...health }, 'router', { enumerable: true, get: thrower });
    for (const document of [hostile, getter]) {
      const { ok, findings } = writer.publish('execution_health', document as never);
      expect([ok, findings.length > 0]).toEqual([false, true]);
    }
  });
});
