import type { InvalidExample } from '../model/examples.js';
import { ruleCatalogue } from '../model/rule-catalogue.js';
import type { RuleDoc, RuleSense } from '../model/rule-catalogue.js';
import { stageOf, stageOrder } from '../model/stages.js';
import { region } from '../regions.js';
import type { Page } from '../regions.js';
import { surfacePage } from '../source.js';
import type { DocsSource, SurfaceDocs } from '../source.js';
import { possibleRules } from '../surface/findings.js';
import { jsonText } from '../text/json.js';
import { blocks, bullets, code, fenced, heading, link, prose, table } from '../text/markdown.js';
import { shownValue } from '../text/words.js';

/** One page per rule, and their index. */
export function rulePages({ surfaces }: DocsSource): Page[] {
  const rules = ruleCatalogue();
  const places = new Map(surfaces.map((each) => [each, new Set<string>(possibleRules(each.entry))]));
  return [indexPage(rules), ...rules.map((each) => rulePage(each, surfaces, places))];
}

function rulePage(
  { id, senses }: RuleDoc,
  surfaces: readonly SurfaceDocs[],
  places: ReadonlyMap<SurfaceDocs, ReadonlySet<string>>,
): Page {
  const where = surfaces.filter((each) => places.get(each)?.has(id) === true);
  const examples = surfaces.flatMap((each) => each.examples.invalid.filter(({ rule }) => rule === id));
  const text = blocks(
    heading(1, id),
    ...senses.flatMap(senseBlocks),
    exampleBlock(examples),
    whereBlock(where, surfaces.length),
  );
  return { file: `docs/rules/${id}.md`, parts: [region('rule', text)] };
}

function senseBlocks({ stage, level, title, fix, notes }: RuleSense): string[] {
  const { title: name, when } = stageOf(stage);
  return [
    prose(title),
    bullets([
      `**Level:** ${level}`,
      `**When:** ${when} (${link(name, `README.md#stage-${stage}`)})`,
      `**Fix:** ${prose(fix)}`,
      ...notes.map((each) => `**Note:** ${prose(each)}`),
    ]),
  ];
}

function exampleBlock(examples: readonly InvalidExample[]): string {
  const [first] = examples;
  if (first === undefined) return '';
  const { surface, pointer, document, file } = first;
  const found = excerpt(document, pointer);
  return blocks(
    heading(2, 'Example', 'example'),
    `${code(surface)}, at ${pointer === '' ? 'the root' : code(pointer)}${found.isThere ? `, holds ${shownValue(found.value)}` : ' is missing'}:`,
    fenced('json', jsonText(found.around)),
    `From ${link(code(file), `../../schemas/examples/${file}`)}.`,
  );
}

/** The value at a pointer, and the smallest object around it, cut to scalars beside it. */
function excerpt(document: unknown, pointer: string): { isThere: boolean; value: unknown; around: unknown } {
  const keys = pointer.split('/').slice(1);
  const last = keys.pop();
  let holder: unknown = document;
  for (const key of keys) holder = Reflect.get(holder as object, key);
  if (last === undefined || typeof holder !== 'object' || holder === null)
    return { isThere: true, value: document, around: document };
  const around = Array.isArray(holder)
    ? [Reflect.get(holder, last)]
    : Object.fromEntries(
        Object.entries(holder).filter(([key, each]) => key === last || typeof each !== 'object' || each === null),
      );
  return { isThere: Object.hasOwn(holder, last), value: Reflect.get(holder, last), around };
}

function whereBlock(where: readonly SurfaceDocs[], all: number): string {
  if (where.length === 0) return '';
  const links = where.map(({ entry }) => link(entry.name, `../${surfacePage(entry)}#findings`));
  return blocks(
    heading(2, 'Where it occurs', 'where'),
    where.length === all ? 'Every surface and ledger.' : `${links.join(', ')}.`,
  );
}

function indexPage(rules: readonly RuleDoc[]): Page {
  const text = blocks(
    heading(1, 'Findings'),
    `Everything that checks, reads, writes or mirrors telemetry says what it finds as a finding: rule, level, message, surface, file, line, pointer, expected, actual, fix. The ids of rules are stable; scripts may filter on them. An error breaks the contract, a warning needs a look, an info is worth knowing.`,
    ...stageOrder.flatMap(([id, { title, when }]) => {
      const rows = rules.flatMap(({ id: rule, senses }) =>
        senses
          .filter(({ stage }) => stage === id)
          .map((sense) => [link(rule, `${rule}.md`), sense.level, prose(sense.title)]),
      );
      if (rows.length === 0) return [];
      return [heading(2, title, `stage-${id}`), when, table(['rule', 'level', 'what it says'], rows)];
    }),
  );
  return { file: 'docs/rules/README.md', parts: [region('rules', text)] };
}
