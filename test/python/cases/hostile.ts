import type { Case } from '../case.js';

const NOW = 1_764_000_030.5;

/** Files that are torn, hostile, late, early or empty. */
export function hostileCases(nav: unknown, positions: unknown, synced: unknown): Case[] {
  const text = JSON.stringify(nav);
  const read = (id: string, bytes: string | Uint8Array, now = NOW): Case => ({
    id,
    do: 'read',
    surface: 'nav',
    files: { nav: Buffer.from(bytes).toString('base64') },
    now,
  });
  const told = (json: string): string => text.replace(/^\{/, `{${json},`);
  const time = (nav as { updated_at: number }).updated_at;
  const texts: [string, string | Uint8Array][] = [
    ['empty', ''],
    ['white space', ' \n\t '],
    ['no-break space', '\u00a0\u2003'],
    ['byte order mark', `\uFEFF${text}`],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['torn', text.slice(0, -20)],
    ['two documents', `${text}${text}`],
    ['trailing comma', text.replace(/\}$/, ',}')],
    ['NaN', told('"nav_total":NaN')],
    ['Infinity', told('"nav_total":-Infinity')],
    ['single quotes', text.replaceAll('"', "'")],
    ['control character', told('"odd":"\u0001"')],
    ['leading zero', told('"odd":01')],
    ['plus sign', told('"odd":+1')],
    ['bare point', told('"odd":1.')],
    ['other digits', told('"odd":\u0661')],
    ['NUL bytes', '\0\0\0\0'],
    ['null', 'null'],
    ['a number', '7'],
    ['an array', '[]'],
    ['a text', '"nav"'],
    ['duplicate keys', told('"nav_total":1,"nav_total":2')],
    ['prototype', told('"__proto__":{"nav_total":1},"constructor":1,"hasOwnProperty":2')],
    ['index keys', told('"10":1,"9":2,"x":3,"01":4,"4294967295":5')],
    ['unknown version', told('"schema":"nav_v9"')],
    ['version of another surface', told('"schema":"nav_state_v1"')],
    ['version zero', told('"schema":"nav_v0"')],
    ['version that is no text', told('"schema":1')],
    ['long integer in a number', told('"nav_total":90071992547409931234')],
    ['integer of 41 digits', told(`"nav_total":${'9'.repeat(41)}`)],
    ['long integer beside the contract', told('"odd":9007199254740993,"order":{"id":[18446744073709551615]}')],
    ['number beyond doubles', told('"nav_total":1e400')],
    ['negative zero', told('"nav_total":-0.0,"odd":-0')],
    ['real that is whole', told('"nav_total":5.0,"odd":1e2')],
    ['small and large', told('"nav_total":1e-7,"odd":[1e21,123456789012345680000,5e-324,1.7976931348623157e308]')],
    ['escapes', told('"odd":"\\ud83d\\ude00\\ud800\\u0085\\u2028\\/\\b"')],
    ['key with a slash', told('"a/b~c":{"":1}')],
    [
      'types everywhere',
      '{"nav_total":"1","nav_age_s":true,"sources_ok":0,"aum":[],"nav_health_snapshot":7,"updated_at":{}}',
    ],
    ['half of the keys', `{"nav_total":1,"nav_age_s":2,"updated_at":${time}}`],
    ['too few keys', '{"nav_total":1}'],
    ['time in milliseconds', told(`"updated_at":${time * 1000}`)],
    ['time as a text', told('"updated_at":"2025-11-24T16:00:00Z"')],
    ...[62, 63, 64, 500, 20_000].map((depth): [string, string] => [
      `depth ${depth}`,
      told(`"odd":${'['.repeat(depth)}${']'.repeat(depth)}`),
    ]),
    ['deep and torn', '['.repeat(5000)],
    ['deep and wrong', `${'[{"a":'.repeat(5000)}x${'}]'.repeat(5000)}`],
    ['many unknown keys', told(Array.from({ length: 120 }, (_, index) => `"k${index}":0`).join(','))],
  ];
  return [
    { id: 'missing file', do: 'read', surface: 'nav', files: {}, now: NOW },
    ...texts.map(([id, bytes]) => read(id, bytes)),
    ...[-86_400, -2, -1, -0.5, 0, 59.5, 90, 91, 300, 301, 86_400].map((age) => read(`age ${age}`, text, time + age)),
    ...companionCases(positions, synced),
    ...[
      '',
      '{"type":"order"',
      '{"type":"none","metadata":{}}',
      '{"type":7,"metadata":{}}',
      '[]',
      '{"metadata":{}}',
    ].map((line): Case => ({
      id: `line ${line}`,
      do: 'parse',
      surface: 'events',
      bytes: Buffer.from(line).toString('base64'),
    })),
  ];
}

/** An empty array tells no time; a companion with the same rows does. */
function companionCases(positions: unknown, synced: unknown): Case[] {
  const state = synced as { items: unknown[]; updated_at: number };
  const of = (id: string, rows: unknown, companion: unknown, age = 5): Case => ({
    id: `companion ${id}`,
    do: 'read',
    surface: 'positions',
    files: {
      positions: Buffer.from(JSON.stringify(rows)).toString('base64'),
      ...(companion === null ? {} : { synced_state: Buffer.from(JSON.stringify(companion)).toString('base64') }),
    },
    now: state.updated_at + age,
  });
  const timeless = (positions as object[]).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'updated_at' && key !== 'ts')),
  );
  return [
    of('none', [], null),
    of('empty', [], { ...state, items: [] }),
    of('old', [], { ...state, items: [] }, 900),
    of('early', [], { ...state, items: [] }, -60),
    of('other rows', [], state),
    of('same rows', timeless, { ...state, items: timeless }),
    of('rows of another quantity', timeless, { ...state, items: timeless.map((row) => ({ ...row, qty: 9 })) }),
    of('invalid', [], { ...state, items: [], updated_at: 'now' }),
    of('torn', [], '{'),
  ];
}
