/** What a change does to the set of documents: fewer, more, either, or none at all. */
export type Effect = 'narrows' | 'widens' | 'both' | 'none';

export interface Rule {
  readonly effect: Effect;
  /** A sentence; `{before}` and `{after}` stand for the two values, `{key}` for the property or item concerned. */
  readonly text: string;
}

const bound = (name: string, low: boolean): Record<string, Rule> => ({
  [`${name}-added`]: { effect: 'narrows', text: `${spaced(name)} {after} is now demanded` },
  [`${name}-removed`]: { effect: 'widens', text: `${spaced(name)} {before} is no longer demanded` },
  [`${name}-raised`]: { effect: low ? 'narrows' : 'widens', text: `${spaced(name)} rises from {before} to {after}` },
  [`${name}-lowered`]: { effect: low ? 'widens' : 'narrows', text: `${spaced(name)} falls from {before} to {after}` },
});

const group = (name: string, subject: string): Record<string, Rule> => ({
  [`${name}-added`]: { effect: 'narrows', text: `${subject} is now demanded: {after}` },
  [`${name}-removed`]: { effect: 'widens', text: `${subject} is no longer demanded: {before}` },
  [`${name}-changed`]: { effect: 'both', text: `${subject} changes from {before} to {after}` },
});

const degree = (name: string, subject: string): Record<string, Rule> => ({
  [`${name}-narrowed`]: { effect: 'narrows', text: `${subject} admits less: {before} becomes {after}` },
  [`${name}-widened`]: { effect: 'widens', text: `${subject} admits more: {before} becomes {after}` },
});

/** Every rule a finding can name, by id. */
export const rules: Readonly<Record<string, Rule>> = {
  'type-narrowed': { effect: 'narrows', text: 'the type narrows from {before} to {after}' },
  'type-widened': { effect: 'widens', text: 'the type widens from {before} to {after}' },
  'type-changed': { effect: 'both', text: 'the type changes from {before} to {after}' },
  'null-removed': { effect: 'narrows', text: 'null is no longer admitted' },
  'null-added': { effect: 'widens', text: 'null is now admitted' },
  'const-added': { effect: 'narrows', text: 'only {after} is now admitted' },
  'const-removed': { effect: 'widens', text: 'not only {before} is admitted any more' },
  'const-changed': { effect: 'both', text: 'the one value admitted changes from {before} to {after}' },
  'enum-value-removed': { effect: 'narrows', text: 'the value {before} is no longer admitted' },
  'enum-value-added': { effect: 'widens', text: 'the value {after} is now admitted' },
  'enum-introduced': { effect: 'narrows', text: 'only the values {after} are now admitted' },
  'enum-dropped': { effect: 'widens', text: 'not only the values {before} are admitted any more' },
  ...bound('minimum', true),
  ...bound('exclusive-minimum', true),
  ...bound('maximum', false),
  ...bound('exclusive-maximum', false),
  'multiple-of-narrowed': { effect: 'narrows', text: 'numbers must now be multiples of {after}, not of {before}' },
  'multiple-of-widened': { effect: 'widens', text: 'numbers need only be multiples of {after}, not of {before}' },
  'multiple-of-incomparable': { effect: 'both', text: 'multipleOf changes from {before} to {after}' },
  ...bound('min-length', true),
  ...bound('max-length', false),
  'pattern-added': { effect: 'narrows', text: 'strings must now match {after}' },
  'pattern-removed': { effect: 'widens', text: 'strings need no longer match {before}' },
  ...degree('pattern', 'the pattern'),
  'pattern-incomparable': { effect: 'both', text: 'the pattern changes from {before} to {after}' },
  ...group('format', 'a format'),
  ...degree('items', 'the schema of the items'),
  'tuple-item-added': { effect: 'both', text: 'the item {key} now has a schema of its own' },
  'tuple-item-removed': { effect: 'both', text: 'the item {key} no longer has a schema of its own' },
  'tuple-rest-closed': { effect: 'narrows', text: 'no items are admitted behind the listed ones any more' },
  'tuple-rest-opened': { effect: 'widens', text: 'items are now admitted behind the listed ones' },
  ...bound('min-items', true),
  ...bound('max-items', false),
  'unique-items-added': { effect: 'narrows', text: 'items must now differ' },
  'unique-items-removed': { effect: 'widens', text: 'items need no longer differ' },
  ...group('contains', 'containing an item'),
  ...bound('min-contains', true),
  ...bound('max-contains', false),
  ...group('unevaluated-items', 'what other items must be'),
  'property-added-to-closed': { effect: 'widens', text: 'the property {key} is now admitted' },
  'property-added-to-open': { effect: 'narrows', text: 'the property {key}, free until now, is now constrained' },
  'property-removed-from-closed': { effect: 'narrows', text: 'the property {key} is no longer admitted' },
  'property-removed-from-open': { effect: 'widens', text: 'the property {key} is no longer constrained' },
  'property-renamed-suspected': { effect: 'none', text: 'the property {before} looks renamed to {after}' },
  'required-added': { effect: 'narrows', text: 'the property {key} is now required' },
  'required-added-with-default': {
    effect: 'narrows',
    text: 'the property {key} is now required; its default does not make up for it',
  },
  'required-removed': { effect: 'widens', text: 'the property {key} is no longer required' },
  'object-closed': { effect: 'narrows', text: 'properties that are not declared are no longer admitted' },
  'object-opened': { effect: 'widens', text: 'properties that are not declared are now admitted' },
  ...degree('additional-properties', 'the schema of undeclared properties'),
  'pattern-property-added': { effect: 'both', text: 'properties that match {key} now have a schema' },
  'pattern-property-removed': { effect: 'both', text: 'properties that match {key} no longer have a schema' },
  ...degree('pattern-property', 'the schema of properties by pattern'),
  ...group('property-names', 'a form of property names'),
  ...bound('min-properties', true),
  ...bound('max-properties', false),
  ...group('dependent-required', 'properties that go with {key}'),
  ...group('dependent-schema', 'a schema that goes with {key}'),
  ...group('unevaluated-properties', 'what other properties must be'),
  'one-of-branch-added-disjoint': { effect: 'widens', text: 'oneOf gains a branch apart from the others: {after}' },
  'one-of-branch-added-overlapping': { effect: 'both', text: 'oneOf gains a branch that overlaps others: {after}' },
  'one-of-branch-removed': { effect: 'both', text: 'oneOf loses a branch: {before}' },
  'one-of-overlap-introduced': { effect: 'narrows', text: 'branches of oneOf now overlap' },
  'any-of-branch-added': { effect: 'widens', text: 'anyOf gains a branch: {after}' },
  'any-of-branch-removed': { effect: 'narrows', text: 'anyOf loses a branch: {before}' },
  'all-of-branch-added': { effect: 'narrows', text: 'allOf gains a branch: {after}' },
  'all-of-branch-removed': { effect: 'widens', text: 'allOf loses a branch: {before}' },
  ...group('not', 'the contrary of a schema'),
  ...group('conditional', 'a condition'),
  'discriminator-value-added': { effect: 'widens', text: 'there is a new variant, tagged {key}' },
  'discriminator-value-removed': { effect: 'narrows', text: 'the variant tagged {key} is gone' },
  'ref-target-changed': { effect: 'both', text: 'the reference changes from {before} to {after}' },
  'unit-changed': { effect: 'none', text: 'the unit changes from {before} to {after}: same numbers, other meaning' },
  'title-changed': { effect: 'none', text: 'the title changes' },
  'description-changed': { effect: 'none', text: 'the description changes' },
  'examples-changed': { effect: 'none', text: 'the examples change' },
  'default-changed': { effect: 'none', text: 'the default changes from {before} to {after}' },
  'deprecated-added': { effect: 'none', text: 'it is now deprecated' },
  'dialect-changed': { effect: 'none', text: 'the dialect changes from {before} to {after}' },
  'schema-id-changed': { effect: 'none', text: 'the identifier changes from {before} to {after}' },
  'narrowed-by-interaction': { effect: 'narrows', text: 'changes that are harmless one by one narrow it together' },
  'widened-by-interaction': { effect: 'widens', text: 'changes that are harmless one by one widen it together' },
  'regex-undecided': { effect: 'none', text: 'a pattern or format stands in the way of a proof: {after}' },
  'budget-exhausted': { effect: 'none', text: 'the proof takes more than the budget admits: {after}' },
  'unsupported-keyword': { effect: 'none', text: 'something stands here that cannot be reasoned about: {after}' },
  'validator-disagreement': { effect: 'none', text: 'the validators do not confirm the witness found: {after}' },
  'old-schema-empty': { effect: 'none', text: 'the old schema admits no document at all' },
  'new-schema-empty': { effect: 'none', text: 'the new schema admits no document at all' },
};

function spaced(name: string): string {
  return `the ${name.replaceAll('-', ' ')}`;
}
