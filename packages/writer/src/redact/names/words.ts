const LONGEST = 160;

/** Words that are written as one, and the words they stand for. */
const COMPOUNDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    accesskey: 'access key',
    accesstoken: 'access token',
    accountkey: 'account key',
    apikey: 'api key',
    apikeys: 'api keys',
    apisecret: 'api secret',
    apitoken: 'api token',
    authkey: 'auth key',
    authtoken: 'auth token',
    bottoken: 'bot token',
    clientsecret: 'client secret',
    dbpass: 'db password',
    listenkey: 'listen key',
    passphrase: 'passphrase',
    privatekey: 'private key',
    privkey: 'private key',
    refreshtoken: 'refresh token',
    secretkey: 'secret key',
    secretaccesskey: 'secret access key',
    seedphrase: 'seed phrase',
    sessionkey: 'session key',
    sessiontoken: 'session token',
    signingkey: 'signing key',
    userpass: 'user password',
  }).map(([word, words]) => [word, words.split(' ')]),
);

const COUNTED = /(?:password|passwd|pwd|passphrase|secret|key|token|credential)\d+$/;
const JOINED = /^([a-z0-9]{2,})(password|passwd|passphrase|apikey|apisecret|secretkey|privatekey|accesskey|secret)$/;

/** The words of a field's, header's or variable's name, in lower case: `apiKey`, `API_KEY`, `X-MBX-APIKEY` all end in api, key. */
export function wordsOf(name: string): string[] {
  const spaced = name
    .slice(-LONGEST)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
  const words: string[] = [];
  for (const word of spaced.split(/[^a-z0-9]+/)) if (word !== '') words.push(...parts(word));
  return words;
}

/** The words that one stands for, without the number of one of several: `pgpassword1` is pg, password. */
function parts(word: string): readonly string[] {
  const known = COMPOUNDS.get(word);
  if (known !== undefined) return known;
  const plain = COUNTED.test(word) ? word.replace(/\d+$/, '') : word;
  const joined = JOINED.exec(plain);
  return joined === null ? [plain] : [joined[1] ?? '', ...(COMPOUNDS.get(joined[2] ?? '') ?? [joined[2] ?? ''])];
}
