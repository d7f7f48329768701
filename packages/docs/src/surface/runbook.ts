import type { SurfaceDocs } from '../source.js';
import { blocks, code, heading, link, prose, table } from '../text/markdown.js';
import { durationText } from '../text/words.js';

/** What to look at in each state that the surface can be in. */
export function runbookRegion(surface: SurfaceDocs): string {
  const { entry } = surface;
  return blocks(
    heading(2, 'Runbook', 'runbook'),
    `${code(`hedge-telemetry ${entry.kind === 'state' ? `show ${entry.name} --dir logs` : `tail ${entry.name} --dir logs --limit 20`}`)} prints what a reader makes of it; ${code('hedge-telemetry check logs')} lists everything that breaks the contract. The ${prose(entry.owner)} answers for the content.`,
    table(['state', 'what it means', 'look at'], entry.kind === 'state' ? stateRows(surface) : ledgerRows(surface)),
  );
}

function stateRows({ entry }: SurfaceDocs): string[][] {
  const { staleAfterSeconds: limit, age } = entry;
  return [
    [
      'stale',
      limit === null
        ? 'It has no limit; only a document of unknown age is called stale.'
        : `Older than ${durationText(limit)}, or of unknown age. The last value is shown.`,
      `The process that writes it: ${prose(entry.writer)} ${prose(entry.cadence)} Ask both the executor's directory and the mirror: where only the mirror is stale, look at ${link('the mirror', '../mirror.md')}. Rules: ${ruleLink('document-stale')}, ${ruleLink('age-unknown')}.`,
    ],
    [
      'never written',
      `${code(`logs/${entry.file}`)} does not exist.`,
      `Whether the executor runs and publishes into this directory. Rule: ${ruleLink('file-missing')}.`,
    ],
    [
      'invalid',
      'The document, or a field of it, breaks the contract. Other fields stay readable.',
      `The finding: it names field, expected and actual. What can occur here is ${link('below', '#findings')}.`,
    ],
    [
      'unreadable',
      'The file is torn, no JSON, or cannot be opened.',
      `A writer that does not write to a temporary file and rename it, the mode of the file, the disk. Rules: ${ruleLink('json-syntax')}, ${ruleLink('file-unreadable')}.`,
    ],
    [
      'from the future',
      `${code(age.pointer)} lies ahead of the reader's clock.`,
      `The clocks of both machines (${code('timedatectl')}). Rule: ${ruleLink('timestamp-future')}.`,
    ],
  ];
}

function ledgerRows({ entry }: SurfaceDocs): string[][] {
  const { staleAfterSeconds: limit } = entry;
  return [
    [
      limit === null ? 'silent' : 'stale',
      limit === null
        ? `No new line. ${prose(entry.cadence)}`
        : `The last line is older than ${durationText(limit)}. ${prose(entry.cadence)}`,
      `Whether the executor runs: [execution_health](../surfaces/execution_health.md) counts the records that its writer took, wrote and refused. Where only the mirror lags, look at ${link('the mirror', '../mirror.md')}.`,
    ],
    [
      'never written',
      `${code(`logs/${entry.file}`)} does not exist.`,
      `Nothing of this kind happened yet, or the executor writes to another directory. Rule: ${ruleLink('file-missing')}.`,
    ],
    [
      'a line is invalid',
      'One record breaks the contract; the others are read.',
      `The finding: it names line, field, expected and actual. What can occur here is ${link('below', '#findings')}.`,
    ],
    [
      'a line is torn',
      'A crash cut it, or two processes write to the ledger.',
      `Rules: ${ruleLink('line-glued')}, ${ruleLink('line-unterminated')}, ${ruleLink('line-nul-filled')}, ${ruleLink('ledger-shared')}.`,
    ],
  ];
}

function ruleLink(rule: string): string {
  return link(rule, `../rules/${rule}.md`);
}
