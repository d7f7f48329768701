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

/** The words of a field's, header's or variable's name, in lower case: `apiKey`, `API_KEY`, `X-MBX-APIKEY` all end in api, key. */
export function wordsOf(name: string): string[] {
  const spaced = name
    .slice(-LONGEST)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
  const words: string[] = [];
  for (const word of spaced.split(/[^a-z0-9]+/))
    if (word !== '') words.push(...(COMPOUNDS.get(word) ?? [COUNTED.test(word) ? word.replace(/\d+$/, '') : word]));
  return words;
}

const COUNTED = /^(?:password|passwd|pwd|passphrase|secret|key|token|credential)\d+$/;
