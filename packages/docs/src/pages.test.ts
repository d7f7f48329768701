import { readFileSync, readdirSync, existsSync } from 'node:fs';
import path from 'node:path';

import { ledgerNames, registry, ruleIds, stateNames, validateWriterView } from '@hedge-telemetry/contract';
import type { SurfaceEntry } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';

import { fieldAnchor, fieldRows, isLeaf, pathText } from './model/fields.js';
import { unitOf } from './model/field-text.js';
import { surfacePage } from './source.js';
import { repository } from './testing.js';

const docs = path.join(repository, 'docs');
const entries = Object.values(registry);
const files = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((each) => each.endsWith('.md'))
  .toSorted();
const read = (file: string): string => readFileSync(path.join(docs, file), 'utf8');
const pages: ReadonlyMap<string, string> = new Map(files.map((file) => [file, read(file)]));
const pageOf = (entry: SurfaceEntry): string => read(surfacePage(entry));

/** The text of a page without its code blocks. */
const proseOnly = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '``');
const anchors = (text: string): string[] => [...text.matchAll(/<a id="([^"]*)"><\/a>/g)].map(([, id]) => id ?? '');

/** The section of a page that starts at an anchor, up to the next one of its level or above. */
function section(text: string, id: string): string {
  const start = text.search(new RegExp(`^(#+) <a id="${id}">`, 'm'));
  const level = /^#+/.exec(text.slice(start))?.[0].length ?? 0;
  const rest = text.slice(text.indexOf('\n', start));
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
  return end === -1 ? rest : rest.slice(0, end);
}

describe('the pages', () => {
  it('are one per surface, ledger and rule', () => {
    for (const name of stateNames) expect(files).toContain(`surfaces/${name}.md`);
    for (const name of ledgerNames) expect(files).toContain(`ledgers/${name}.md`);
    for (const id of ruleIds) expect(files).toContain(`rules/${id}.md`);
  });

  it('have unique anchors, safe in an address', () => {
    for (const [file, text] of pages) {
      const found = anchors(text);
      expect(found, file).toEqual([...new Set(found)]);
      for (const id of found) expect(id, file).toMatch(/^[\w.*-]+$/);
    }
  });

  it('link to files and anchors that exist', () => {
    const known = new Map([...pages].map(([file, text]) => [path.join(docs, file), new Set(anchors(text))]));
    for (const [file, text] of pages) {
      for (const [, target = ''] of proseOnly(text).matchAll(/\]\(([^()\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [place = '', id] = target.split('#');
        const absolute = place === '' ? path.join(docs, file) : path.resolve(docs, path.dirname(file), place);
        if (!known.has(absolute)) expect(existsSync(absolute), `${file}: ${target}`).toBe(true);
        if (id !== undefined && !known.get(absolute)?.has(id)) expect.fail(`${file}: ${target} leads nowhere`);
      }
    }
  });

  it('have as many cells in every row of a table as in its head', () => {
    const cells = (line: string): number => line.split(/(?<!\\)\|/).length;
    for (const [file, text] of pages) {
      const tables = text.replaceAll(/^```[\s\S]*?^```$/gm, '').match(/(?:^\|.*\n)+/gm) ?? [];
      for (const [head = '', ...rows] of tables.map((each) => each.trim().split('\n')))
        for (const row of rows) if (cells(row) !== cells(head)) expect.fail(`${file}: ${row}`);
    }
  });
});

describe.each(entries.map((entry) => [entry.name, entry] as const))('the page of %s', (name, entry) => {
  const text = pageOf(entry);
  const rows = fieldRows(entry);

  it('says description, unit and since of every field', () => {
    for (const row of rows) {
      const line = text.split('\n').find((each) => each.startsWith(`| <a id="${fieldAnchor(row)}"></a>`));
      expect(line, pathText(row)).toBeDefined();
      expect(row.node.description, pathText(row)).not.toBe('');
      if (row.path.at(-1) !== '*') expect(row.node.since, pathText(row)).toMatch(/^\d+\.\d+\.\d+$/);
      if (isLeaf(row) && row.node.kind === 'scalar') expect(unitOf(row.node), pathText(row)).not.toBeNull();
    }
  });

  it('says what null and a missing key mean of every field that may lack', () => {
    for (const row of rows) {
      if (row.node.nullable) expect(row.node.whenNull, `${pathText(row)}: null`).toBeTruthy();
      if (!row.required) expect(row.node.whenAbsent, `${pathText(row)}: absent`).toBeTruthy();
    }
  });

  it('shows documents that are valid: minimal, typical, everything missing', () => {
    const shown = [...section(text, 'examples').matchAll(/^```json\n([\s\S]*?)^```$/gm)];
    expect(shown).toHaveLength(3);
    for (const [, json = ''] of shown) expect(validateWriterView(name, JSON.parse(json))).toEqual([]);
  });

  it('names writer, owner, cadence and what to look at', () => {
    const facts = section(text, 'facts');
    for (const fact of [entry.owner, entry.writer, entry.cadence, entry.sensitivity, `logs/${entry.file}`])
      expect(facts).toContain(fact);
    expect(section(text, 'runbook')).toMatch(/\| (stale|silent) +\|/);
  });
});

describe('the pages of ledgers', () => {
  it('list every record type with its meaning and its table of fields', () => {
    const page = read('ledgers/events.md');
    for (const [type, node] of Object.entries(registry.events.root.branches ?? {})) {
      expect(section(page, 'types')).toContain(`[\`${type}\`](#type-${type})`);
      expect(section(page, `type-${type}`)).toContain(node.description);
      expect(section(page, `type-${type}`)).toContain(`<a id="field-${type}.ts"></a>`);
    }
  });
});

describe('the index of metrics', () => {
  it('names every metric as it is exported, in base units', () => {
    const index = read('index/metrics.md');
    expect(index).toContain('`hedge_drawdown_ratio` (gauge)');
    expect(index).not.toMatch(/hedge_\w+_(percent|bps|milliseconds|hours|days)\b/);
  });
});

describe('an operator', () => {
  it('finds what dd_frac means, its unit, who writes it and what to do when it is stale', () => {
    const index = read('index/fields.md');
    const line = index.split('\n').find((each) => each.startsWith('| `dd_frac`') && each.includes('risk_snapshot'));
    const target = /\]\(\.\.\/(surfaces\/risk_snapshot\.md)#(field-dd_frac)\)/.exec(line ?? '');
    const page = read(target?.[1] ?? '');
    const row = page.split('\n').find((each) => each.includes(`<a id="${target?.[2]}">`));
    expect(row).toMatch(
      /number or null +\| required +\| fraction +\| 1\.0\.0 +\| Drawdown from the peak as a share of it/,
    );
    expect(section(page, 'missing')).toMatch(/#field-dd_frac\) +\| Drawdown is not known; it is not zero\./);
    expect(section(page, 'values')).toMatch(/#field-dd_frac\) +\| 0 to 1 .*hedge_drawdown_ratio/);
    expect(section(page, 'facts')).toMatch(/\| Writer +\| The executor publishes it once per loop/);
    expect(section(page, 'facts')).toMatch(/\| Stale after +\| 300 s \(5 min\)/);
    const stale = section(page, 'runbook')
      .split('\n')
      .find((each) => each.startsWith('| stale'));
    expect(stale).toContain('The process that writes it');
    expect(stale).toContain('../rules/document-stale.md');
  });
});
