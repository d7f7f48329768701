import { rules as compatRules } from '@hedge-telemetry/compat';
import type { Effect } from '@hedge-telemetry/compat';
import { rules as contractRules } from '@hedge-telemetry/contract';
import { evolutionRules } from '@hedge-telemetry/evolution';

import { docsRules } from '../rules.js';
import { stageOfContractRule } from './stages.js';
import type { StageId } from './stages.js';

/** What a catalogue says of a rule. */
export interface RuleSense {
  readonly stage: StageId;
  /** A level, or when it is which. */
  readonly level: string;
  readonly title: string;
  readonly fix: string;
  /** What the rule says beyond that, as sentences. */
  readonly notes: readonly string[];
}

/** A rule that findings name. Two catalogues may use one id, for the same change seen from two sides. */
export interface RuleDoc {
  readonly id: string;
  readonly senses: readonly RuleSense[];
}

/** Every rule of every catalogue, by id. */
export function ruleCatalogue(): RuleDoc[] {
  const senses = new Map<string, RuleSense[]>();
  for (const [id, sense] of [...contractSenses(), ...evolutionSenses(), ...compatSenses(), ...docsSenses()])
    senses.set(id, [...(senses.get(id) ?? []), sense]);
  return [...senses].map(([id, each]) => ({ id, senses: each })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

type Senses = [id: string, sense: RuleSense][];

function contractSenses(): Senses {
  return Object.entries(contractRules).map(([id, rule]) => [
    id,
    { stage: stageOfContractRule(id), level: rule.level, title: rule.title, fix: rule.fix, notes: [] },
  ]);
}

function evolutionSenses(): Senses {
  return Object.entries(evolutionRules).map(([id, rule]) => [
    id,
    {
      stage: 'schema',
      level: rule.level,
      title: rule.title,
      fix: rule.fix,
      notes: [
        ...(rule.breaking === true ? ['It breaks documents or their meaning: a new major version is due.'] : []),
        ...(rule.lasting === true ? ['No migration mends it: it holds across major versions too.'] : []),
        ...(rule.final === true ? ['It cannot be exempted.'] : []),
      ],
    },
  ]);
}

const EFFECTS: Readonly<Record<Effect, string>> = {
  narrows: 'Fewer documents are valid: readers of the new version may refuse documents of the old one.',
  widens: 'More documents are valid: readers of the old version may refuse documents of the new one.',
  both: 'Some documents become valid and others invalid: both directions may break.',
  none: 'The set of valid documents stays as it is.',
};

function compatSenses(): Senses {
  const { fix } = evolutionRules['backward-incompatible'];
  return Object.entries(compatRules).map(([id, { effect, text }]) => [
    id,
    {
      stage: 'inclusion',
      level: effect === 'none' ? 'info' : 'error where a document shows the break, else info',
      title: `${capitalised(text.replaceAll(/\{(\w+)\}/g, (_, name: string) => SYMBOLS[name] ?? name))}.`,
      fix: effect === 'none' ? 'Nothing.' : fix,
      notes: [...symbolNotes(text), EFFECTS[effect]],
    },
  ]);
}

/** How the pages write what a finding fills in. */
const SYMBOLS: Readonly<Record<string, string>> = { before: 'A', after: 'B', key: 'K' };

function symbolNotes(text: string): string[] {
  const said = Object.entries({ before: 'A the value before', after: 'B the value after', key: 'K the key or item' });
  const named = said.filter(([name]) => text.includes(`{${name}}`)).map(([, words]) => words);
  return named.length === 0 ? [] : [`The finding names ${named.join(' and ')}.`];
}

function docsSenses(): Senses {
  return Object.entries(docsRules).map(([id, rule]) => [id, { stage: 'docs', ...rule, notes: [] }]);
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
