import { finding } from '@hedge-telemetry/contract';
import { expect, test } from 'vitest';
import { createTroubles } from './troubles.js';

test('troubles are told for as long as they last, and once where they were over before', () => {
  const troubles = createTroubles();
  const full = finding('write-failed', { surface: 'events' });
  troubles.set('events', [full]);
  expect([troubles.tell(), troubles.tell()]).toEqual([[full], [full]]);
  troubles.set('events', []);
  expect(troubles.tell()).toEqual([]);
  const gap = finding('remote-gap', { surface: 'events' });
  troubles.set('events', [gap]);
  troubles.set('events', []);
  expect([troubles.tell(), troubles.tell()]).toEqual([[gap], []]);
});
