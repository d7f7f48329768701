import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../../test/run-cli.js';

const docs = resolve(import.meta.dirname, '../../../../docs');

describe('export', () => {
  it.each([
    ['prometheus', 'monitoring/alerts.yml'],
    ['grafana', 'monitoring/grafana.json'],
    ['asyncapi', 'asyncapi.json'],
  ])('prints for %s what docs/%s holds; the command with > mends a difference', async (tool, file) => {
    const { exit, out, err } = await cli(['export', tool]);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toBe(await readFile(resolve(docs, file), 'utf8'));
  });

  it('knows no other tool', async () => {
    expect(await cli(['export', 'excel'])).toMatchObject({ exit: 2, out: '' });
  });
});
