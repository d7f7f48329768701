import { registry } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { createRegion, createSink } from '@hedge-telemetry/contract/encoding';
import { expect, it } from 'vitest';
import { navPoint } from '../../test/fixtures.js';
import { encoderOf } from '../encoders.js';
import { ENCODED } from '../hand-off/form.js';
import { createRedaction } from '../redact/index.js';
import { createReviewer } from './reviewer.js';

it('refuses what cannot be read, with a finding, and goes on with what lies behind it', () => {
  const heard: Finding[] = [];
  const entry = registry.nav_history;
  const review = createReviewer(entry, createRedaction({ env: {} }), (findings) => heard.push(...findings));
  const sink = createSink();
  const { bytes, view, ...region } = createRegion(new ArrayBuffer(1024), () => 1);
  const end = encoderOf('nav_history')(navPoint(1), 0, { bytes, view, ...region });
  const whole = { form: ENCODED, bytes, view, at: 0, end };
  expect(review.put(whole, sink)).toBe(true);
  const before = sink.at;
  const cut = { ...whole, view: new DataView(view.buffer, 0, 4), bytes: bytes.subarray(0, 4) };
  expect(review.put(cut, sink)).toBe(false);
  expect(sink.at).toBe(before);
  expect(heard).toMatchObject([{ rule: 'refused-late', level: 'error', surface: 'nav_history' }]);
  expect(review.put(whole, sink)).toBe(true);
  const [first, second, rest] = sink.bytes.toString('utf8', 0, sink.at).split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({ nav_total: 1 });
  expect([second, rest]).toEqual([first, '']);
});
