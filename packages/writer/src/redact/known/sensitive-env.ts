import { isPlaceholder } from '../names/secret-value.js';

/** The part of an environment that the rule looks at. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Which variables count, on top of the rule by name: names that always do, and names that never do. */
export interface EnvNames {
  readonly sensitive: readonly string[];
  readonly harmless: readonly string[];
}

const SHORTEST = 6;
const SHORTEST_LISTED = 4;
const ANYWHERE =
  /API_?KEY|API_?SECRET|SECRET|TOKEN|PASSW(?:OR)?D|PASSPHRASE|PRIVATE|PRIV_?KEY|CREDENTIAL|WEBHOOK|MNEMONIC|SEED_?PHRASE|LISTEN_?KEY/i;
const AS_WORD =
  /(?:^|[_.-])(?:KEYS?|PWD|PASS|DSN|AUTH|CREDS?|SEED|SIGNATURE|COOKIE|JWT|BEARER|PK|SK|MNEMO|OTP|TOTP)(?:$|[_.-]|\d)/i;
const URL_NAME = /(?:URL|URI|DSN|PROXY|BROKER|ENDPOINT|CONNECTION|CONN_?STR(?:ING)?)$/i;
const ABOUT =
  /(?:^|_)(?:FILE|PATH|DIR|SOCK|NAME|TYPE|HOST|PORT|ENABLED|DISABLED|TTL|TIMEOUT|DAYS|LENGTH|SIZE|ALG|ALGORITHM|VERSION|COUNT|POLICY|PREFIX|HEADER|PID)$/i;
const NOT_SECRET = new Set(['PWD', 'OLDPWD']);
const TRIVIAL =
  /^(?:[a-z]{1,9}|[A-Z]{1,9}|[A-Z][a-z]{1,8}|\d{1,7}|\d+\.\d+|(.)\1*|test|testnet|mainnet|production|development|staging|localhost)$/;
const PATH = /^(?:~|\.{1,2}|[A-Za-z]:)?(?:[\\/][\w.@ -]+){1,32}[\\/]?$/;
const PLAIN_URL = /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i;
const HOST = /^(?:localhost|[\w-]+(?:\.[\w-]+)+):\d{1,5}$/;

/** True when a variable of this name is taken to hold a secret; `PASSWORD_FILE` and its like only say where one is. */
export function isSensitiveName(name: string, names: EnvNames): boolean {
  if (names.harmless.includes(name) || NOT_SECRET.has(name)) return false;
  if (names.sensitive.includes(name)) return true;
  return !ABOUT.test(name) && (ANYWHERE.test(name) || AS_WORD.test(name));
}

/**
 * The secret values of an environment, each once: values of sensitive names unless trivial (shorter than 6 characters,
 * words of one case up to 9 letters, numbers up to 7 digits, one character repeated, paths, addresses without
 * credentials, placeholders), of listed names from 4 characters on, and passwords within URLs whatever the name.
 */
export function secretValues(env: Environment, names: EnvNames): string[] {
  const values = new Set<string>();
  for (const [name, raw] of Object.entries(env)) {
    if (raw === undefined || names.harmless.includes(name)) continue;
    const value = raw.trim();
    if (isSecret(name, value, names)) addWhole(value, values);
    if (URL_NAME.test(name) || value.includes('://')) addPasswords(value, values);
  }
  return [...values].toSorted();
}

function isSecret(name: string, value: string, names: EnvNames): boolean {
  if (names.sensitive.includes(name)) return value.length >= SHORTEST_LISTED;
  return isSensitiveName(name, names) && !isTrivial(value) && !(/SEED$/i.test(name) && /^\d+$/.test(value));
}

function isTrivial(value: string): boolean {
  if (value.length < SHORTEST || TRIVIAL.test(value) || isPlaceholder(value)) return true;
  if (PLAIN_URL.test(value))
    return !/[?&][^=]*(?:key|token|secret|sig|auth)[^=]*=/i.test(value) && !/hooks?[./]|webhook/i.test(value);
  return HOST.test(value) || (PATH.test(value) && !/^[\\/][A-Za-z0-9+/]{30,}={0,2}$/.test(value));
}

/** The value, and each long line of one that spans several, so that a part printed alone is known too. */
function addWhole(value: string, values: Set<string>): void {
  values.add(value);
  const lines = value.split(/\r?\n|\\n/);
  if (lines.length > 1)
    for (const line of lines) if (line.length >= 20 && !line.startsWith('-----')) values.add(line.trim());
}

function addPasswords(value: string, values: Set<string>): void {
  for (const match of value.matchAll(/:\/\/[^\s:@/]{0,128}:([^\s@]{1,512})@/g)) {
    const password = match[1] ?? '';
    if (isTrivial(password)) continue;
    values.add(password);
    values.add(decodedOr(password));
  }
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
