import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageVersion } from '../version.js';
import { linesOf } from './check.js';
import type { Check } from './check.js';

/** Oldest Node that the packages run on. */
const NODE = { major: 20, minor: 19 };
const PACKAGES = ['contract', 'writer', 'sync', 'reader', 'fleet', 'dashboard', 'compat', 'evolution'] as const;

/** What there is to say of this machine, whatever directory is looked at. */
export function checkMachine(): Check[] {
  return [checkNode(process.versions.node), ...checkPackages(), checkClock(Date.now())];
}

/** Judges a version of Node. */
export function checkNode(version: string): Check {
  const lines = linesOf('node');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > NODE.major || (major === NODE.major && minor >= NODE.minor);
  return isEnough
    ? lines.ok(null, `Node ${version}`)
    : lines.failed(
        null,
        `Node ${version}, at least ${NODE.major}.${NODE.minor} is needed`,
        `nvm install ${NODE.major}`,
      );
}

function checkPackages(): Check[] {
  const lines = linesOf('packages');
  const expected = packageVersion();
  const others = PACKAGES.map((name) => ({ name: `@hedge-telemetry/${name}`, version: versionOf(name) }));
  const odd = others.filter(({ version }) => version !== expected);
  if (odd.length === 0) return [lines.ok(null, `${others.length + 1} packages of version ${expected}`)];
  return odd.map(({ name, version }) =>
    lines.warning(
      name,
      `version ${version ?? 'unknown'} beside the command's ${expected}`,
      `npm install ${name}@${expected}`,
    ),
  );
}

/** Version of an installed package of ours; null where it is not to be found. */
function versionOf(name: (typeof PACKAGES)[number]): string | null {
  const entry = fileURLToPath(import.meta.resolve(`@hedge-telemetry/${name}`));
  for (let dir = dirname(entry); dir !== dirname(dir); dir = dirname(dir)) {
    const manifest = join(dir, 'package.json');
    if (!existsSync(manifest)) continue;
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : null;
  }
  return null;
}

/** A clock that stands before the time at which the program was installed is wrong. */
function checkClock(now: number): Check {
  const lines = linesOf('clock');
  const installed = statSync(new URL('../../package.json', import.meta.url)).mtimeMs;
  const shown = new Date(now).toISOString();
  return now >= installed
    ? lines.ok(null, `the clock shows ${shown}`)
    : lines.failed(null, `the clock shows ${shown}, before this program was installed`, 'timedatectl set-ntp true');
}
