import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { writeFailed } from './write-failed.js';

const place = { surface: 'nav', shown: 'logs/state/nav.json' };

function actualOf(error: unknown): string | null {
  return writeFailed(place, error).actual;
}

it('names the file, the surface, the error, the call it came from, and what helps', () => {
  const error = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', errno: -28, syscall: 'write' });
  expect(writeFailed(place, error)).toMatchObject({
    rule: 'write-failed',
    level: 'error',
    surface: 'nav',
    file: 'logs/state/nav.json',
    message: 'logs/state/nav.json could not be written: ENOSPC from write',
    actual: 'ENOSPC',
    fix: expect.stringContaining('df -i') as string,
  });
});

it.each(['UNKNOWN', 'Unknown system error -122'])('finds the name of an error that Node calls %s', (code) => {
  const error = Object.assign(new Error('Unknown system error'), { code, errno: -constants.errno.EDQUOT });
  expect(actualOf(error)).toBe('EDQUOT');
});

it('gives the number of an error that has no name, and the advice of the rule', () => {
  const error = Object.assign(new Error('Unknown'), { code: 'UNKNOWN', errno: -4000 });
  expect(writeFailed(place, error)).toMatchObject({
    actual: 'errno 4000',
    fix: expect.stringContaining('Check') as string,
  });
});

it('tells an error of its own by its message', () => {
  expect(actualOf(new Error('not a regular file'))).toBe('not a regular file');
  expect(actualOf('thrown text')).toBe('an unknown error');
});
