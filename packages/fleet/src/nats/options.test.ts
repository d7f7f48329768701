import { describe, expect, test } from 'vitest';
import { checkPlace, wantsTls } from './options.js';

const servers = 'nats://hub:4222';

describe('TLS', () => {
  test.each([
    [{ servers }, false],
    [{ servers: 'nats://one:4222,tls://two:4222' }, true],
    [{ servers, tlsCaFile: 'ca.pem' }, true],
    [{ servers, tlsCertFile: 'cert.pem', tlsKeyFile: 'key.pem' }, true],
  ])('is required of %j: %s', (place, expected) => {
    expect(wantsTls(place)).toBe(expected);
  });

  test.each([{ tlsCertFile: 'cert.pem' }, { tlsKeyFile: 'key.pem' }])('refuses %j alone', (pair) => {
    expect(() => checkPlace({ servers, ...pair })).toThrow(RangeError);
  });
});
