import type { Level } from '@hedge-telemetry/contract';
import { detailLines, tellsPointer } from './findings.js';
import type { ReportFinding, ReportRules } from './report-finding.js';
import { safe } from './safe.js';

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Findings as workflow commands of GitHub, one per line, each an annotation on the line that it names. */
export function renderAnnotations(findings: readonly ReportFinding[], rules: ReportRules): string[] {
  return findings.map((each) => {
    const properties = propertiesOf(each, rules).map(([name, value]) => `${name}=${escapeProperty(value)}`);
    return `::${commands[each.level]} ${properties.join(',')}::${escapeData(messageOf(each))}`;
  });
}

/** The end is not given: GitHub shows an annotation below its last line, and the first is the one that a person edits. */
function propertiesOf({ file, line, column, rule }: ReportFinding, rules: ReportRules): [string, string][] {
  const properties: [string, string][] = [];
  if (file !== null) {
    properties.push(['file', safe(file)]);
    if (line !== null) properties.push(['line', String(line)]);
    if (line !== null && typeof column === 'number') properties.push(['col', String(column)]);
  }
  const title = rules[rule]?.title;
  properties.push(['title', safe(title === undefined ? rule : `${title} [${rule}]`)]);
  return properties;
}

function messageOf(each: ReportFinding): string {
  const { surface, pointer, message } = each;
  const place = [surface ?? '', tellsPointer(each) ? '' : (pointer ?? '')].filter((part) => part !== '').join(' ');
  return [safe(place === '' ? message : `${place}: ${message}`), ...detailLines(each)].join('\n');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
