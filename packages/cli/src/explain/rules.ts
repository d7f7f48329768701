import { rules as compatRules } from '@hedge-telemetry/compat';
import { ruleIds, rules } from '@hedge-telemetry/contract';
import type { RuleId } from '@hedge-telemetry/contract';
import { evolutionRules } from '@hedge-telemetry/evolution';
import type { RuleExplanation } from './explanation.js';

type EvolutionRule = (typeof evolutionRules)[keyof typeof evolutionRules];

const COMPAT_FIX = 'Keep the old and add the new beside it; or release a major version with a migration.';

const effects = {
  narrows: 'fewer documents are valid',
  widens: 'more documents are valid',
  both: 'some documents become valid, others invalid',
  none: 'the same documents are valid',
} as const;

/** The rules of every catalogue; an id may stand in several. */
export function allRules(): RuleExplanation[] {
  return [...ruleIds.map(ofContract), ...Object.entries(evolutionRules).map(ofEvolution), ...compatibility()];
}

function ofContract(rule: RuleId): RuleExplanation {
  const { level, title, fix } = rules[rule];
  return { kind: 'rule', rule, catalogue: 'contract', level, meaning: title, fix, page: pageOf(rule) };
}

function ofEvolution([rule, { level, title, fix }]: [string, EvolutionRule]): RuleExplanation {
  return { kind: 'rule', rule, catalogue: 'evolution', level, meaning: title, fix, page: pageOf(rule) };
}

function compatibility(): RuleExplanation[] {
  return Object.entries(compatRules).map(([rule, { effect, text }]) => {
    const what = text.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(${name})`);
    const meaning = `${what}: ${effects[effect]}.`;
    return {
      kind: 'rule',
      rule,
      catalogue: 'compatibility',
      level: null,
      meaning,
      fix: COMPAT_FIX,
      page: pageOf(rule),
    };
  });
}

function pageOf(rule: string): string {
  return `docs/rules/${rule}.md`;
}
