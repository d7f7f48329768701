import { existsSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { built, fixture, removeSites, repositoryDocs } from '../../test/pages.js';
import { createSearch } from './engine.js';
import type { Search } from './engine.js';
import { INDEX_GLOBAL } from './entry.js';
import type { Entry } from './entry.js';
import { wordsOf } from './words.js';

afterAll(removeSites);

const entries = entriesOfSite(fixture);
const search = createSearch(entries);

/** What the script of the index leaves behind. */
function entriesOfSite(docs: string): Entry[] {
  const context: Record<string, unknown> = {};
  runInNewContext(built(docs).read('search-index.js'), context);
  return JSON.parse(JSON.stringify(context[INDEX_GLOBAL])) as Entry[];
}

function first(query: string): string {
  return search(query, 1)[0]?.url ?? 'nothing';
}

const DD_FRAC = 'surfaces/risk_snapshot.html#field-dd_frac';

describe('search', () => {
  it.each([
    ['its name', 'dd_frac'],
    ['its name in capitals', 'DD_FRAC'],
    ['the parts of its name', 'dd frac'],
    ['the start of its name', 'dd_fr'],
    ['what its name abbreviates', 'drawdown fraction'],
    ['its meaning', 'fall from the peak'],
    ['its meaning with a slip of the pen', 'fall from the paek'],
    ['its alias in a dialect', 'drawdown_pct'],
    ['its metric', 'hedge_drawdown_ratio'],
  ])('finds a field by %s', (_what, query) => {
    expect(first(query)).toBe(DD_FRAC);
  });

  it('shows unit, aliases, page and meaning of a field', () => {
    expect(search('dd_frac', 1)).toEqual([
      {
        url: DD_FRAC,
        kind: 'Field',
        title: 'dd_frac',
        page: 'risk_snapshot',
        aliases: 'drawdown_pct',
        unit: 'fraction',
        text: 'Fall from the peak as a share of it; see rule.',
        more: 'number or null · 1.0.0 · 0 to 1 · hedge_drawdown_ratio',
      },
    ]);
  });

  it.each([
    ['a field by its old name', 'taken_at', 'surfaces/risk_snapshot.html#field-updated_ts'],
    ['a field by the last key of its path', 'vol_pct', 'surfaces/risk_snapshot.html#field-symbols.*.vol_pct'],
    ['a field by its alias below a symbol', 'volatility', 'surfaces/risk_snapshot.html#field-symbols.*.vol_pct'],
    ['a field by its unit and meaning', 'base filled', 'ledgers/events.html#field-fill.qty'],
    ['a rule by its id', 'out-of-range', 'rules/out-of-range.html'],
    ['a rule by what it says', 'number outside range', 'rules/out-of-range.html'],
    ['a surface by its name', 'risk_snapshot', 'surfaces/risk_snapshot.html'],
    ['a guide by its title', 'mirror', 'mirror.html'],
    ['a section by its text', 'last good copy', 'mirror.html#torn-ones'],
    ['what to do when a surface is stale', 'stale risk', 'surfaces/risk_snapshot.html#runbook'],
  ])('finds %s', (_what, query, url) => {
    expect(first(query)).toBe(url);
  });

  it('puts what is called so first, then what is so at the end of a path or in a dialect, then other mentions', () => {
    const entry = (title: string, aliases: string, text: string): Entry => {
      return { url: title, kind: 'Field', title, page: '', aliases, unit: '', text, more: '' };
    };
    const searched = createSearch([
      entry('peak', '', 'old_name old_name old_name'),
      entry('fresh', 'a.old_name, b', ''),
      entry('x.old_name', '', ''),
      entry('old_name', '', 'words that make this entry a longer one than all of the others are'),
    ]);
    const titles = searched('old_name', 4).map(({ title }) => title);
    expect([titles[0], titles[3]]).toEqual(['old_name', 'peak']);
  });

  it('finds fields of one name in all records that have it', () => {
    expect(search('qty', 2).map(({ url }) => url)).toEqual([
      'ledgers/events.html#field-fill.qty',
      'ledgers/events.html#field-order.qty',
    ]);
  });

  it('asks for every word, and for any where no entry has them all', () => {
    expect(search('quantity filled', 9)).toHaveLength(1);
    expect(search('quantity filled zebra', 9).length).toBeGreaterThan(1);
    expect(search('zebra', 9)).toEqual([]);
  });

  it('gives no entry of the index pages, which only point to others', () => {
    expect(entries.filter(({ url }) => url.startsWith('index/')).map(({ url }) => url)).toEqual(['index/fields.html']);
  });
});

describe.skipIf(!existsSync(path.join(repositoryDocs, 'surfaces/risk_snapshot.md')))('in this repository', () => {
  let searchHere: Search;

  beforeAll(() => {
    searchHere = createSearch(entriesOfSite(repositoryDocs));
  });

  it.each([
    ['dd_frac', DD_FRAC],
    ['drawdown fraction', DD_FRAC],
    ['hedge_drawdown_ratio', DD_FRAC],
    ['portfolio_dd_pct', 'surfaces/risk_snapshot.html#field-portfolio_dd_frac'],
    ['positionAmt', 'surfaces/positions.html#field-*.qty'],
    ['document-stale', 'rules/document-stale.html'],
    ['risk_vetoes', 'ledgers/risk_vetoes.html'],
    ['nav', 'surfaces/nav.html'],
  ])('%s leads to its page and place', (query, url) => {
    expect(searchHere(query, 1)[0]?.url).toBe(url);
  });
});

it('takes names apart at underscores, dots and capitals', () => {
  expect(wordsOf('risk.var_frac positionAmt H2')).toEqual(
    expect.arrayContaining(['risk', 'var_frac', 'var', 'frac', 'positionamt', 'position', 'amt', 'h2']),
  );
});
