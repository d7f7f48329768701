import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { writeFailed } from './write-failed.js';

function actualOf(error: unknown): string | null {
  return writeFailed('nav', 'logs/state/nav.json', error).actual;
}

it('names the file, the surface and the error', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28 });
  expect(writeFailed('nav', 'logs/state/nav.json', error)).toMatchObject({
    rule: 'write-failed',
    level: 'error',
    surface: 'nav',
    file: 'logs/state/nav.json',
    message: 'logs/state/nav.json could not be written: ENOSPC',
    actual: 'ENOSPC',
  });
});

it.each(['UNKNOWN', 'Unknown system error -122'])('finds the name of an error that Node calls %s', (code) => {
  const error = Object.assign(new Error('Unknown system error'), { code, errno: -constants.errno.EDQUOT });
  expect(actualOf(error)).toBe('EDQUOT');
});

it('gives the number of an error that has no name', () => {
  expect(actualOf(Object.assign(new Error('Unknown'), { code: 'UNKNOWN', errno: -4000 }))).toBe('errno 4000');
});

it('tells an error of its own by its message', () => {
  expect(actualOf(new Error('not a regular file'))).toBe('not a regular file');
  expect(actualOf('thrown text')).toBe('an unknown error');
});
