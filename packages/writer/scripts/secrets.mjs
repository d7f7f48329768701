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

const built = join(root, 'packages/writer/dist/redact/index.js');
if (existsSync(built)) await main((await import(built)).createRedactor);
else console.log('Not built: run `npx tsc -b packages/writer` first.');

async function main(createRedactor) {
  const ours = createRedactor({ env: {} });
  const peer = await secretlint();
  if (existsSync(path)) await judge(rows(), ours, peer);
  else console.log(`No corpus: ${path} is absent. Set TELEMETRY_CORPUS to the folder that holds secrets.jsonl.`);
  await time(ours, peer);
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

async function time(ours, peer) {
  const us = median(Array.from({ length: 9 }, () => microseconds(20_000, () => ours(FILL))));
  const plain = median(Array.from({ length: 9 }, () => microseconds(20_000, () => JSON.stringify(FILL))));
  console.log(
    `plain fill: ours ${us.toFixed(1)} us (goal ${GOALS.microseconds}), ${(us / plain).toFixed(1)}x JSON.stringify`,
  );
  if (peer === null) return;
  const text = JSON.stringify(FILL);
  const started = performance.now();
  for (let round = 0; round < 500; round += 1) await peer(text);
  console.log(`plain fill: secretlint ${(((performance.now() - started) * 1000) / 500).toFixed(1)} us`);
}

function microseconds(rounds, work) {
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1) work();
  return ((performance.now() - started) * 1000) / rounds;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
