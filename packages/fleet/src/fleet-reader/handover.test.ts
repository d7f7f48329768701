import { expect, test } from 'vitest';
import { createHandover } from './handover.js';

test('a handover keeps no giver waiting whose taker has left', async () => {
  const handover = createHandover<number>();
  const given = [handover.give(1), handover.give(2)];
  for await (const value of handover.taken()) {
    expect(value).toBe(1);
    break;
  }
  await Promise.all([...given, handover.give(3)]);
});
