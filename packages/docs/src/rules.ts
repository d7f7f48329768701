import type { Level } from '@hedge-telemetry/contract';

/** A rule of the generated documentation. */
export interface DocsRule {
  readonly level: Level;
  /** One sentence on what the rule holds. */
  readonly title: string;
  /** What to do about it. */
  readonly fix: string;
}

const catalogue = {
  'docs-missing': {
    level: 'error',
    title: 'A generated page does not exist.',
    fix: 'Run "hedge-telemetry docs" and commit what it writes.',
  },
  'docs-changed': {
    level: 'error',
    title: 'A generated page, or a generated region of it, is not what the contract says.',
    fix: 'Run "hedge-telemetry docs" and commit what it writes. Text of your own goes outside the generated regions.',
  },
  'docs-orphaned': {
    level: 'error',
    title: 'A page in a generated folder belongs to nothing in the contract any more.',
    fix: 'Run "hedge-telemetry docs", which removes it; a page that holds prose is yours to remove or to move.',
  },
  'docs-marker-broken': {
    level: 'error',
    title:
      'The marker of a generated region has no counterpart, so that prose and generated text cannot be told apart.',
    fix: 'Put back the line that is missing: <!-- generated: NAME --> before the region, <!-- end generated --> behind it. The page is left as it is until then.',
  },
} as const;

/** Id of a rule of this package. */
export type DocsRuleId = keyof typeof catalogue;

/** What `hedge-telemetry docs` can find. Ids are stable. */
export const docsRules: Readonly<Record<DocsRuleId, DocsRule>> = catalogue;
