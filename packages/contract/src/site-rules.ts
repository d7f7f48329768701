/** Rules of the rendered documentation. */
export const siteRules = {
  'docs-link-broken': {
    level: 'error',
    title: 'The link of the documentation leads to no page and no file.',
    fix: 'Mend the path; it is relative to the page, and pages are named with .md.',
  },
  'docs-link-refused': {
    level: 'error',
    title: 'The address is neither relative nor https; it was not made a link.',
    fix: 'Link to a page or file by its relative path, or to another site by https.',
  },
  'docs-anchor-missing': {
    level: 'error',
    title: 'The page has no such anchor.',
    fix: 'Use the id of a heading or a row of that page.',
  },
  'docs-anchor-repeated': {
    level: 'error',
    title: 'Two places of a page have the same anchor.',
    fix: 'Rename one of them.',
  },
  'docs-search-missing': {
    level: 'warning',
    title: 'The script of the search box is not built; the pages have no search.',
    fix: 'node bootstrap.mjs',
  },
} as const;
