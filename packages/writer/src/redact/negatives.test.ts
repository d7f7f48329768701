import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.js';

const SEED = 90_210;
const RUNS = 60;
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const BASE58 = ALNUM.replace(/[0OIl]/g, '');

const redact = createRedactor({ env: {} });

function text(length: number, alphabet: string): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
}

function base64(bytes: number): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString('base64'));
}

function after(prefix: string, rest: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return rest.map((value) => prefix + value);
}

/** What looks like a secret and is none, and the fields in which it stands. */
const HARMLESS: Readonly<Record<string, readonly [values: fc.Arbitrary<unknown>, fields: readonly string[]]>> = {
  'order ids': [text(19, '123456789'), ['order_id', 'orderId', 'message', 'key']],
  'client order ids': [
    after('x-abc123-', text(20, ALNUM)),
    ['client_order_id', 'newClientOrderId', 'clOrdId', 'message'],
  ],
  'long client order ids': [text(36, ALNUM), ['clientOrderId', 'orderLinkId', 'client_oid', 'origClientOrderId']],
  'hex order ids': [text(32, HEX), ['order_id', 'clOrdId', 'trace_id', 'span_id', 'etag', 'message']],
  UUIDs: [fc.uuid(), ['id', 'run_id', 'session_id', 'correlation_id', 'idempotency_key', 'message', 'token', 'args']],
  'SHA-256 in hex': [
    text(64, HEX),
    ['config_hash', 'sha256', 'checksum', 'prev_hash', 'message', 'state_digest', 'merkle_root'],
  ],
  'SHA-256 in base64': [base64(32), ['config_hash', 'digest', 'prev_hash', 'message']],
  'SHA-512': [text(128, HEX), ['sha512', 'message', 'args']],
  'integrity strings': [after('sha512-', base64(64)), ['integrity', 'message', 'key', 'args']],
  'image digests': [after('acme/bot@sha256:', text(64, HEX)), ['image', 'message', 'detail']],
  'transaction hashes': [
    after('0x', text(64, HEX)),
    ['tx_hash', 'txid', 'deposit_tx', 'block_hash', 'message', 'withdraw_txId'],
  ],
  'transaction links': [after('https://etherscan.io/tx/0x', text(64, HEX)), ['url', 'message', 'detail']],
  'base58 transactions': [text(88, BASE58), ['tx_hash', 'signature_tx', 'txId', 'message']],
  addresses: [after('0x', text(40, HEX)), ['address', 'wallet', 'token_address', 'to', 'message', 'args']],
  'git commits': [text(40, HEX), ['git_sha', 'commit', 'message', 'args', 'build']],
  'versions with a commit': [after('v3.2-8-g', text(8, HEX)), ['engine_version', 'message', 'detail']],
  'run ids': [text(32, ALNUM), ['run_id', 'batch', 'snapshot_id', 'cursor', 'etag', 'nonce']],
  'short ids': [after('sig_', text(10, HEX)), ['attempt_id', 'message', 'detail', 'token']],
  ULIDs: [text(26, '0123456789ABCDEFGHJKMNPQRSTVWXYZ'), ['ulid', 'request_id', 'message']],
  'base64 of numbers': [
    fc
      .array(fc.double({ noNaN: true }), { minLength: 8, maxLength: 8 })
      .map((numbers) => Buffer.from(numbers.join(',')).toString('base64')),
    ['series', 'histogram', 'payload', 'message'],
  ],
  'base64 of floats': [base64(128), ['features', 'vector', 'blob', 'message']],
  'data URIs': [after('data:image/png;base64,', base64(300)), ['sparkline', 'message', 'detail', 'args']],
  certificates: [
    base64(300).map(
      (body) => `-----BEGIN CERTIFICATE-----\n${body.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
    ),
    ['cert', 'message', 'detail'],
  ],
  'public keys': [
    after('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI', base64(32)),
    ['host_key', 'public_key', 'message', 'detail'],
  ],
  times: [
    fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
    ['ts', 'message', 'key', 'token'],
  ],
  symbols: [
    fc.constantFrom('SECRETUSDT', 'TOKENUSDT', 'KEYUSDT', 'ETH-27JUN25-4000-P', 'ETH/USDT:USDT'),
    ['symbol', 'token', 'key', 'message', 'base_token'],
  ],
  'composite keys': [
    fc.constantFrom('BTCUSDT:LONG', 'ETHUSDT|1h|2025-03-04', 'level2_reversal_v3', 'side,ts'),
    ['key', 'bucket_key', 'sort_key', 'position_key', 'message'],
  ],
  'statements about secrets': [
    fc.constantFrom('valid', 'missing', 'env', 'ok', '', null, true, 41, 'every-quarter'),
    ['has_api_key', 'api_key_status', 'secret_source', 'password_policy', 'token_count', 'api_key_hash'],
  ],
  'masks and references': [
    fc.constantFrom(
      'ab12****yz89',
      '••••••••',
      'Abcd…Wxyz',
      '[REDACTED]',
      '(unset)',
      '${BINANCE_API_KEY}',
      '$SECRET',
      'your-api-key-here',
      '<API_KEY>',
      '{{ secrets.KEY }}',
      'process.env.API_KEY',
      'arn:aws:secretsmanager:us-east-1:1:secret:x',
      '0x0000000000000000',
    ),
    ['api_key', 'apiSecret', 'password', 'token', 'message'],
  ],
  'long names': [
    fc.constantFrom(
      'grid_v3_ETHUSDT_1h_reversion_short_atr1p8_stop_taker_last_0042',
      'MeanRevertShortOnlyAfterFundingSpikeWithInventoryLimitAndTaker07',
      'trial-2025q4-queue-position-model-7-arm-c',
    ),
    ['strategy_id', 'feature', 'experiment', 'message', 'detail'],
  ],
  prose: [
    fc.constantFrom(
      'the key is to keep token risk low; secret sauce: maker first',
      'password rotated 90 days ago',
      'invalid api key',
      'api key: not found',
      'Signature for this request is not valid.',
      'auth failed: -2015 Invalid API-key, IP, or permissions for action.',
      'key=BTCUSDT side=BUY token=PEPE',
      'hold size small while the market trend stays weak and the spread is wide',
      'filled\nat 10:15:30, then idle',
      'mode=CALM score=0.41',
    ),
    ['message', 'rationale', 'note', 'detail', 'error'],
  ],
  'URLs without credentials': [
    fc.constantFrom(
      'postgres://reader@db.example:5432/trades',
      'git@example.com:acme/bot.git',
      'ssh://git@example.com:22/bot.git',
      'wss://fstream.example.com/ws/btcusdt@markPrice',
      'https://x.example/v1/klines?symbol=BTCUSDT&limit=500',
    ),
    ['url', 'db_url', 'message', 'detail'],
  ],
};

describe('what looks like a secret and is none', () => {
  it.each(Object.entries(HARMLESS))('%s pass unchanged, without a finding', (_title, [values, fields]) => {
    for (const field of fields)
      for (const value of fc.sample(values, { numRuns: RUNS, seed: SEED })) {
        const document = { ts: 1, metadata: { [field]: value } };
        const { value: result, findings } = redact(document);
        expect(findings, `${field}: ${String(value)}`).toEqual([]);
        expect(result).toBe(document);
      }
  });
});
