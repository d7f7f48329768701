import type { SecretKind } from '../kinds.js';
import { wordsOf } from './words.js';

/**
 * What a name says of the value under it. `secret`: whatever stands there is one. `hint`: it is one if it looks like
 * one (`token` may be a coin). `dump`: arguments and details of a call, where an opaque token is taken for a credential.
 * `identifier`: ids, hashes, addresses and statements about secrets, where an opaque token is expected. `plain`: the rest.
 */
export interface NameClass {
  readonly role: 'secret' | 'hint' | 'dump' | 'identifier' | 'plain';
  readonly kind: SecretKind;
  /** True for the name of a collection: `secrets`, `api_keys`. */
  readonly several?: boolean;
}

/** What is said by a name that says nothing. */
export const PLAIN: NameClass = { role: 'plain', kind: 'opaque-token' };
const IDENTIFIER: NameClass = { role: 'identifier', kind: 'opaque-token' };
const DUMP: NameClass = { role: 'dump', kind: 'opaque-token' };

const MOST_KEPT = 2048;
const LONGEST_KEPT = 64;
const judged = new Map<string, NameClass>();

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** First words that make a name a statement about a secret. */
const STATES = set(
  'has have is use uses using needs need require requires with no missing show hide allow max min num',
);
/** Last words that make a name a statement about a secret, or a place where one is kept. */
const ABOUT = set(
  'present status state age days hours count hash hashes fingerprint policy source sources permissions permission rotation ' +
    'expiry expires expired ttl valid validity loaded enabled disabled required length len size name names type kind version ' +
    'hint label symbol symbols address ok error errors at ts time timestamp path file dir url uri host index order limit ' +
    'consent strength rotated created updated configured set scope scopes format prefix alias algorithm alg usage',
);
const SEVERAL = /^(?:secrets|passwords|keys|tokens)$/;
const PASSWORDS = set('password passwords passwd pwd passphrase pword passcode');
const KEY_OWNERS = set(
  'api private secret access signing sign encryption master consumer auth app license deploy ssh service hmac account storage ' +
    'mbx ok bapi cb wallet session gate',
);
const TOKEN_OWNERS = set(
  'auth access refresh bot bearer session api personal oauth id vault github gh gitlab npm pypi slack telegram discord ' +
    'csrf xsrf deploy service security notify push do hf user admin',
);
const KEY_IS_BENIGN = set(
  'idempotency dedupe dedup sort primary position bucket feature partition foreign cache routing group lookup row public pub ' +
    'object map unique composite lock page next symbol base quote trace correlation request order storage metric label record ' +
    'state config price quantity asset market index hash merge join pair natural surrogate event stream verify verifying ' +
    'verification',
);
const TOKEN_IS_BENIGN = set(
  'page next prev previous pagination continuation cursor sync resume offset scroll base quote',
);
const VENDORS = set(
  'binance okx bybit kraken coinbase kucoin bitget deribit bitmex gateio mexc htx huobi hyperliquid bitstamp gemini ' +
    'bitfinex phemex stripe twilio sendgrid mailgun datadog sentry infura alchemy etherscan cryptoquant glassnode openai ' +
    'anthropic google firebase aws azure gcp heroku cloudflare digitalocean',
);
const HINTS = set(
  'key keys token tokens auth credential credentials creds cookie cookies session signature sig sign hmac seed pk sk jwt ' +
    'bearer otp totp recovery webhook dsn wallet signer signing wif xprv',
);
const IDENTIFIERS = set(
  'id ids uuid guid hash hashes sha sha1 sha224 sha256 sha384 sha512 md5 crc blake checksum digest fingerprint commit rev ' +
    'revision version etag cursor txid tx txn transaction block root merkle ref address addr symbol symbols nonce batch build ' +
    'trace span traceparent tracestate experiment feature strategy cert certificate public integrity sequence seq snapshot ' +
    'run image sparkline url uri',
);
const DUMPS = set(
  'arg args argv kwargs param params detail details extra extras locals vars dump raw value values input headers header',
);

/** Judges a field's, header's, parameter's or variable's name by the words in it; the rules stand in the README. */
export function classifyName(name: string): NameClass {
  const seen = judged.get(name);
  if (seen !== undefined) return seen;
  const result = classifyWords(wordsOf(name));
  if (name.length > LONGEST_KEPT) return result;
  if (judged.size >= MOST_KEPT) judged.clear();
  judged.set(name, result);
  return result;
}

function classifyWords(words: readonly string[]): NameClass {
  const last = words.at(-1);
  if (last === undefined) return PLAIN;
  const before = words.at(-2) ?? '';
  if (STATES.has(words[0] ?? '') && words.length > 1) return IDENTIFIER;
  if (last === 'id' && before === 'key') return { role: 'hint', kind: 'api-key' };
  if (words.length > 1 && (ABOUT.has(last) || words.includes('public'))) return IDENTIFIER;
  const secret = secretName(words, last, before);
  if (secret === undefined) return weakName(words, last);
  return SEVERAL.test(last) ? { ...secret, several: true } : secret;
}

function secretName(words: readonly string[], last: string, before: string): NameClass | undefined {
  if (words.some((word) => PASSWORDS.has(word)) || (last === 'pass' && words.length > 1))
    return { role: 'secret', kind: 'password' };
  if (
    words.includes('mnemonic') ||
    ((last === 'phrase' || last === 'words') && /seed|recovery|backup|secret/.test(before))
  )
    return { role: 'secret', kind: 'mnemonic' };
  if (words.includes('authorization')) return { role: 'secret', kind: 'authorization' };
  if (before === 'private' && last === 'key') return { role: 'secret', kind: 'private-key' };
  if (before === 'listen' && last === 'key') return { role: 'secret', kind: 'listen-key' };
  if (words.includes('secret') || last === 'secrets') return { role: 'secret', kind: 'api-secret' };
  if (/^keys?$/.test(last) && (KEY_OWNERS.has(before) || VENDORS.has(before)))
    return { role: 'secret', kind: 'api-key' };
  if (/^tokens?$/.test(last) && (TOKEN_OWNERS.has(before) || VENDORS.has(before)))
    return { role: 'secret', kind: 'token' };
  return undefined;
}

function weakName(words: readonly string[], last: string): NameClass {
  if (/^keys?$/.test(last) && words.some((word) => KEY_IS_BENIGN.has(word))) return IDENTIFIER;
  if (/^tokens?$/.test(last) && words.some((word) => TOKEN_IS_BENIGN.has(word))) return IDENTIFIER;
  if (HINTS.has(last) || VENDORS.has(last) || words.some((word) => word === 'credential' || word === 'credentials'))
    return { role: 'hint', kind: hintKind(last) };
  if (words.some((word) => IDENTIFIERS.has(word))) return IDENTIFIER;
  if (DUMPS.has(last)) return DUMP;
  return PLAIN;
}

function hintKind(last: string): SecretKind {
  if (/^sig|^sign|^hmac/.test(last)) return 'signature';
  return /^token|^jwt|^bearer|^cookie|^session|^auth/.test(last) ? 'token' : 'api-key';
}
