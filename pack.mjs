// Packs the packages of this checkout for a project of your own: npm run pack -- DIR [package …]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));
const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const [directory, ...wanted] = process.argv.slice(2);
const all = readdirSync(path.join(root, 'packages'))
  .filter((each) => existsSync(path.join(root, 'packages', each, 'package.json')))
  .toSorted();
const unknown = wanted.filter((each) => !all.includes(each));

if (directory === undefined || unknown.length > 0) {
  process.stderr.write(`usage: npm run pack -- DIR [package …]; packages: ${all.join(', ')}\n`);
  process.exit(2);
}

const destination = path.resolve(process.env.INIT_CWD ?? '.', directory);
mkdirSync(destination, { recursive: true });
for (const name of wanted.length > 0 ? wanted : all) {
  const pnpm = [
    'exec',
    '--yes',
    `--package=${packageManager}`,
    '--',
    'pnpm',
    'pack',
    '--pack-destination',
    destination,
  ];
  const { status, stdout, stderr } = spawnSync('npm', pnpm, {
    cwd: path.join(root, 'packages', name),
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}hedge-telemetry: packing ${name} failed\n`);
    process.exit(1);
  }
  process.stdout.write(`packed ${name}\n`);
}
