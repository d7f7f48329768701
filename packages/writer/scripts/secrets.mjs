// Prints what the redaction finds and wrongly takes in a corpus of labelled rows, beside secretlint's recommended preset.
// Usage: node packages/writer/scripts/secrets.mjs (after `tsc -b`); the corpus is $TELEMETRY_CORPUS, ../shared/corpus where not set.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const corpus = process.env.TELEMETRY_CORPUS ?? join(root, '../shared/corpus');
const path = join(corpus, 'secrets.jsonl');

// A fill as the events ledger holds it, and the figures that the redaction is held to.
const FILL = {
  ts: '2026-03-04T05:06:07.089Z',
  type: 'fill',
  symbol: 'BTCUSDT',
  qty: 0.012,
  price: 64012.5,
  is_maker: true,
  slippage_bps: -0.4,
  metadata: {
    order_id: '7100000000000000042',
    client_order_id: 'x-abc123-0011aabb',
    attempt_id: 'sig_0a1b2c3d4e',
    side: 'BUY',
  },
};
const GOALS = { recall: 0.97, falsePositives: 0.01, microseconds: 20 };

/** Plain records whose screening is timed besides: what the writer's thread does for each of its records. */
const ORDER = {
  ...FILL,
  type: 'order',
  price: null,
  side: 'SELL',
  position_side: 'LONG',
  order_id: '7100000000000000043',
  client_order_id: 'web_Xk29dPq0aLm3RtY7',
  attempt_id: 'sig_5f6071829a',
  order_type: 'LIMIT',
  status: 'NEW',
  metadata: { strategy: 'momentum_v2', reason: 'post-only, 4.2 bps inside the fee gate' },
};

const built = join(root, 'packages/writer/dist/redact/index.js');
if (existsSync(built)) await main((await import(built)).createRedaction);
else console.log('Not built: run `npx tsc -b packages/writer` first.');

async function main(createRedaction) {
  const { redact: ours } = createRedaction({ env: {} });
  const peer = await secretlint();
  if (existsSync(path)) await judge(rows(), ours, peer);
  else console.log(`No corpus: ${path} is absent. Set TELEMETRY_CORPUS to the folder that holds secrets.jsonl.`);
  await time(createRedaction, peer);
}

function rows() {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function judge(labelled, ours, peer) {
  const results = [];
  for (const row of labelled)
    results.push({ ...row, ours: oursSays(ours, row), peer: peer === null ? null : await peerSays(peer, row) });
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  console.log('kind                     rows  taken by us  taken by secretlint');
  for (const kind of kinds)
    line(
      kind,
      results.filter((row) => row.kind === kind),
    );
  const positives = results.filter(({ positive }) => positive);
  const negatives = results.filter(({ positive }) => !positive);
  line('all positives (recall)', positives);
  line('all negatives (false)', negatives);
  console.log(`goals: recall >= ${GOALS.recall}, false positives <= ${GOALS.falsePositives}`);
  for (const row of results)
    if (row.ours !== row.positive) console.log(`${row.positive ? 'missed' : 'wrongly taken'}: ${row.id} ${row.kind}`);
}

function line(name, results) {
  const share = (of) =>
    results.length === 0 || results[0][of] === null
      ? 'n/a'
      : (results.filter((row) => row[of]).length / results.length).toFixed(3);
  console.log(
    `${name.padEnd(24)} ${String(results.length).padStart(4)}  ${share('ours').padStart(11)}  ${share('peer').padStart(19)}`,
  );
}

// A positive is taken when no secret of it is left; a negative when anything of it was changed.
function oursSays(redact, { positive, context, secrets }) {
  const { value } = redact(context.doc);
  if (!positive) return value !== context.doc;
  const text = JSON.stringify(value);
  return secrets.every((secret) => !text.includes(secret) && !text.includes(JSON.stringify(secret).slice(1, -1)));
}

// The peer is given the record and the bare value, and any message of it counts.
async function peerSays(lint, { context }) {
  const bare = typeof context.value === 'string' ? context.value : JSON.stringify(context.value);
  return (await lint(JSON.stringify(context.doc))) > 0 || (await lint(bare)) > 0;
}

async function secretlint() {
  try {
    const { lintSource } = await import('@secretlint/core');
    const { creator } = await import('@secretlint/secretlint-rule-preset-recommend');
    const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };
    return async (content) => {
      const source = { filePath: 'record.jsonl', ext: '.jsonl', contentType: 'text', content };
      return (await lintSource({ source, options: { config } })).messages.length;
    };
  } catch {
    console.log('secretlint is not installed: its figures are left out.');
    return null;
  }
}

// The environment holds secrets, as an executor's does, so that looking for known values is part of what is timed.
async function time(createRedaction, peer) {
  const env = {
    VENUE_API_KEY: 'k'.repeat(20) + 'Q7'.repeat(22),
    VENUE_API_SECRET: 'Zb4'.repeat(21),
    DB_PASSWORD: 'hunter22x',
  };
  const { redact, screen } = createRedaction({ env });
  const { microseconds: full, ratio } = compared(FILL, () => redact(FILL));
  console.log(
    `plain fill, redacted: ${full.toFixed(2)} us (goal ${GOALS.microseconds}), ${ratio.toFixed(2)}x JSON.stringify`,
  );
  for (const [name, record] of Object.entries({ fill: FILL, order: ORDER })) {
    report(
      `plain ${name}, screened as a document`,
      compared(record, () => screen.document(record)),
    );
    report(`plain ${name}, screened field by field`, compared(record, fieldByField(screen, record)));
  }
  if (peer === null) return;
  const text = JSON.stringify(FILL);
  const started = performance.now();
  for (let round = 0; round < 500; round += 1) await peer(text);
  console.log(`plain fill: secretlint ${(((performance.now() - started) * 1000) / 500).toFixed(1)} us`);
}

function report(what, { microseconds: us, ratio, said }) {
  console.log(
    `${what}: ${(us * 1000).toFixed(0)} ns (goal 500), ${ratio.toFixed(2)}x JSON.stringify${said ? '' : '; NOT harmless'}`,
  );
}

// As a thread does that knows the fields of a record: judges are looked up once; keys of open parts are met each time.
function fieldByField(screen, record) {
  const isText = (value) => typeof value === 'string';
  const typed = {
    ts: { unit: 'iso8601', pattern: '^' },
    type: { const: record.type },
    order_id: { pattern: '^[0-9]{1,20}$' },
  };
  const fields = Object.keys(record)
    .filter((key) => isText(record[key]))
    .map((key) => [key, screen.field(screen.root.child(key), typed[key] ?? { type: 'string' })])
    .filter(([, judge]) => judge !== null);
  const open = screen.root.child('metadata');
  return () => {
    for (const [key, judge] of fields) if (!judge(record[key])) return false;
    for (const key of Object.keys(record.metadata)) {
      const place = open.child(key);
      if (place === null || !place.text(record.metadata[key])) return false;
    }
    return true;
  };
}

// Interleaved with JSON.stringify of the same record, so that a busy machine slows both.
function compared(record, work) {
  const rounds = Array.from({ length: 15 }, () => [
    microseconds(20_000, work),
    microseconds(20_000, () => JSON.stringify(record)),
  ]);
  const ratio = median(rounds.map(([ours, plain]) => ours / plain));
  return { microseconds: median(rounds.map(([ours]) => ours)), ratio, said: work() };
}

function microseconds(rounds, work) {
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1) work();
  return ((performance.now() - started) * 1000) / rounds;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
