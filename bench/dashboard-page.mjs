// Does the page keep up? Fifteen surfaces at 1 Hz and a day of NAV at 1 Hz (86,400 points) on the overview: how long a frame
// takes, how long after its publication a value is on the page, and how large the script is. A blank page in the same browser
// is measured in turn with it, so that what the machine does besides shows in both.
//
//   node bench/dashboard-page.mjs [--seconds 20]
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { startDashboard } from '@hedge-telemetry/dashboard';
import { createPaperExecutor } from '@hedge-telemetry/paper-executor';
import { createWriter } from '@hedge-telemetry/writer';
import { chromium } from 'playwright-core';

const POINTS = 86_400;
const ROUNDS = 4;
const FRAME_BUDGET_MS = 33;
/** The server is done with what the last load asked for. */
const QUIET_MS = 3_000;
const SCRIPT_BUDGET_BYTES = 60_000;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

const { values: options } = parseArgs({ options: { seconds: { type: 'string', default: '20' } } });
const dir = mkdtempSync(path.join(tmpdir(), 'bench-page-'));

try {
  await measure(Number(options.seconds));
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function measure(seconds) {
  writeDay();
  const writer = createWriter({ dir });
  const stop = new AbortController();
  const running = createPaperExecutor({ writer, rate: 1 }).run(stop.signal);
  const server = await startDashboard({ dir });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.addInitScript(() => localStorage.setItem('hedge-telemetry', '{"range":"24h"}'));
    const began = performance.now();
    await page.goto(`${server.url}#/overview`);
    const cold = await page.evaluate(loadTimes);
    await page.waitForSelector('canvas');
    await page.waitForFunction(() =>
      /8\d,\d{3} points/.test(document.querySelector('.chart-summary')?.textContent ?? ''),
    );
    const drawn = performance.now() - began;
    await page.evaluate(watchNav);
    const blank = await browser.newPage();
    const frames = { page: [], blank: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, each] of Object.entries({ page, blank })) {
        await each.bringToFront();
        frames[name].push(...(await each.evaluate(frameTimes, (seconds * 1000) / ROUNDS)));
      }
    }
    const delays = await page.evaluate(() => globalThis.delays);
    await Promise.all([page.close(), blank.close()]);
    const warm = [];
    for (let round = 0; round < 5; round += 1) warm.push(await loadAgain(browser, server.url));
    report({ cold, warm, drawn, frames, delays });
  } finally {
    await browser.close();
    await server.close();
    stop.abort();
    await running;
    await writer.close();
  }
}

function report({ cold, warm, drawn, frames, delays }) {
  const [script] = scripts();
  const p95 = quantile(frames.page, 0.95);
  const rows = [
    [
      'frame p50',
      `${quantile(frames.page, 0.5).toFixed(1)} ms`,
      `blank page ${quantile(frames.blank, 0.5).toFixed(1)} ms`,
    ],
    [
      'frame p95',
      `${p95.toFixed(1)} ms`,
      `blank page ${quantile(frames.blank, 0.95).toFixed(1)} ms, budget ${FRAME_BUDGET_MS} ms`,
    ],
    [
      'frame p99',
      `${quantile(frames.page, 0.99).toFixed(1)} ms`,
      `blank page ${quantile(frames.blank, 0.99).toFixed(1)} ms`,
    ],
    ['published to shown p50', `${quantile(delays, 0.5).toFixed(0)} ms`, `${delays.length} changes of NAV`],
    ['published to shown p95', `${quantile(delays, 0.95).toFixed(0)} ms`, 'budget 1,000 ms'],
    ...loadRows('just started', [cold]),
    ...loadRows('warm', warm),
    [`${POINTS} points drawn`, `${drawn.toFixed(0)} ms`, 'from the first request'],
    ['script, compressed', `${script} B`, `budget ${SCRIPT_BUDGET_BYTES} B`],
  ];
  for (const [what, value, note] of rows) console.log(`${what.padEnd(24)} ${value.padStart(10)}   ${note}`);
  if (p95 > FRAME_BUDGET_MS || script > SCRIPT_BUDGET_BYTES) process.exitCode = 1;
}

function loadRows(browser, loads) {
  const of = (key) =>
    `${quantile(
      loads.map((each) => each[key]),
      0.5,
    ).toFixed(0)} ms`;
  return [
    ['first byte', of('byte'), `${browser} browser`],
    ['whole HTML', of('html'), `${browser} browser`],
    ['first readable paint', of('paint'), `${browser} browser, budget 100 ms`],
  ];
}

/** Another load of the page in a browser that has run for a while, with nothing kept from the last one, which is over. */
async function loadAgain(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.waitForTimeout(QUIET_MS);
  await page.goto(`${url}#/overview`);
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  const times = await page.evaluate(loadTimes);
  await context.close();
  return times;
}

/** Runs in the page: when the first and the last byte of the HTML had arrived, and when something of it was painted. */
function loadTimes() {
  const [navigation] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return { byte: navigation.responseStart, html: navigation.responseEnd, paint: paint?.startTime ?? Number.NaN };
}

/** Runs in the page: how long after its own timestamp each NAV appears. */
function watchNav() {
  globalThis.delays = [];
  const shown = document.querySelector('[data-of="nav:/nav_total"] .value-text');
  let published = null;
  const source = new EventSource('/events');
  source.addEventListener('surface', (event) => {
    const { surface } = JSON.parse(event.data);
    if (surface.name === 'nav') published = surface.timestamp;
  });
  new MutationObserver(() => {
    const at = Date.now();
    // The stream that tells the time may be served a moment after the page's own.
    setTimeout(() => published !== null && globalThis.delays.push(at - published * 1000), 100);
  }).observe(shown, { characterData: true, childList: true, subtree: true });
}

/** Runs in the page: the time from each frame to the next. */
function frameTimes(milliseconds) {
  return new Promise((resolve) => {
    const times = [];
    const began = performance.now();
    let last = began;
    const tick = (now) => {
      times.push(now - last);
      last = now;
      if (now - began < milliseconds) requestAnimationFrame(tick);
      else resolve(times.slice(1));
    };
    requestAnimationFrame(tick);
  });
}

function writeDay() {
  const now = Date.now() / 1000;
  const lines = Array.from({ length: POINTS }, (_, index) => {
    const nav = 10_000 + index * 0.002 + 80 * Math.sin(index / 5_000) + 12 * Math.sin(index / 37);
    return `{"schema":"nav_history_v1","ts":${(now - POINTS + index).toFixed(3)},"nav_total":${nav.toFixed(2)}}\n`;
  });
  mkdirSync(path.join(dir, 'execution'), { recursive: true });
  writeFileSync(path.join(dir, 'execution/nav_history.jsonl'), lines.join(''));
}

function scripts() {
  const assets = path.join(path.dirname(fileURLToPath(import.meta.url)), '../packages/dashboard/dist-page/assets');
  return readdirSync(assets)
    .filter((name) => name.endsWith('.js'))
    .map((name) => gzipSync(readFileSync(path.join(assets, name)), { level: 9 }).length);
}

function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
