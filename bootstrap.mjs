// Makes a fresh checkout ready to run: needs only Node, npm and the files of this repository. Steps whose inputs have not
// changed since they last succeeded are skipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));
const stamps = path.join(root, 'node_modules/.cache/hedge-telemetry');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

checkNode();
step(
  'install',
  ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packageFolders().map((each) => `${each}/package.json`)],
  install,
);
step(
  'build',
  ['tsconfig.base.json', 'tsconfig.json', 'pnpm-lock.yaml', 'packages/contract/generated', ...sourceFolders()],
  build,
);
step(
  'page',
  ['pnpm-lock.yaml', 'packages/dashboard/page', 'packages/dashboard/src/api', 'packages/dashboard/src/view'],
  buildPage,
);
step(
  'docs',
  ['pnpm-lock.yaml', 'docs', ...['assets', 'browser', 'scripts', 'src'].map((each) => `packages/docs-site/${each}`)],
  buildDocs,
);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Node ${manifest.engines.node} is needed, this is ${process.versions.node}. Install a newer Node and try again.`,
  );
}

function install() {
  const npmMajor = Number(/npm\/(\d+)/.exec(process.env.npm_config_user_agent ?? '')?.[1] ?? 0);
  const scripts = npmMajor >= 12 ? ['--allow-scripts=pnpm'] : [];
  const pnpm = ['exec', '--yes', ...scripts, `--package=${manifest.packageManager}`, '--', 'pnpm'];
  run('npm', [...pnpm, 'install', '--frozen-lockfile', '--trust-lockfile'], 'installing dependencies');
}

function build() {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  run(process.execPath, [tsc, '-b'], 'compiling');
}

function buildPage() {
  const dashboard = path.join(root, 'packages/dashboard');
  const vite = path.join(dashboard, 'node_modules/vite/bin/vite.js');
  run(process.execPath, [vite, 'build', '--config', path.join(dashboard, 'page/vite.config.ts')], 'building the page');
}

function buildDocs() {
  run(process.execPath, [path.join(root, 'packages/docs-site/scripts/build.mjs')], 'rendering the documentation');
}

function step(name, inputs, work) {
  const stamp = path.join(stamps, name);
  const hash = hashOf(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputsExist(name)) return;
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, hash);
}

function outputsExist(name) {
  if (name === 'install') return existsSync(path.join(root, 'node_modules/.modules.yaml'));
  if (name === 'page') return existsSync(path.join(root, 'packages/dashboard/dist-page/index.html'));
  if (name === 'docs') return existsSync(path.join(root, 'packages/docs-site/site/index.html'));
  return packageFolders()
    .filter((each) => existsSync(path.join(root, each, 'tsconfig.json')))
    .every((each) => existsSync(path.join(root, each, 'dist')));
}

function run(command, parameters, what) {
  process.stderr.write(`hedge-telemetry: ${what} …\n`);
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error, stdout, stderr } = spawnSync(command, parameters, {
    cwd: root,
    env: childEnvironment(),
    encoding: 'utf8',
    shell,
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error === undefined ? '' : `${error.message}\n`}`);
  fail(`${what} failed: ${command} ${parameters.join(' ')}`);
}

/** Settings of the npm that runs us must not reach the package manager that we run; where to fetch from, and how, must. */
function childEnvironment() {
  const kept = /^npm_config_(cache|userconfig|globalconfig|registry|cafile|proxy|https_proxy|noproxy)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_(config|package|lifecycle)_/i.test(key) || kept.test(key)),
  );
}

function packageFolders() {
  const packages = readdirSync(path.join(root, 'packages')).map((each) => `packages/${each}`);
  return ['codegen', 'test', ...packages]
    .filter((each) => existsSync(path.join(root, each, 'package.json')))
    .toSorted();
}

function sourceFolders() {
  return packageFolders().flatMap((each) => [`${each}/tsconfig.json`, `${each}/src`]);
}

function hashOf(inputs) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const input of inputs) {
    for (const file of filesBelow(path.join(root, input)))
      hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesBelow(target) {
  if (!existsSync(target)) return [];
  const entries = readdirSync(path.dirname(target), { withFileTypes: true }).find(
    ({ name }) => name === path.basename(target),
  );
  if (entries === undefined || entries.isFile()) return [target];
  return readdirSync(target)
    .toSorted()
    .flatMap((each) => filesBelow(path.join(target, each)));
}

function fail(message) {
  process.stderr.write(`hedge-telemetry: ${message}\n`);
  process.exit(1);
}
