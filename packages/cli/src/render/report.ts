import { renderFindings } from './findings.js';
import { renderAnnotations } from './github.js';
import { renderJson } from './json.js';
import { inOrder } from './report-finding.js';
import type { ReportFinding, ReportRules } from './report-finding.js';
import { renderSarif } from './sarif.js';
import type { Style } from './style.js';

export type { ReportFinding, ReportRules } from './report-finding.js';

/** How findings can be printed. */
export const reportFormats = ['text', 'json', 'github', 'sarif'] as const;

export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOptions {
  /** Version of the tool that found it. */
  readonly version: string;
  readonly rules: ReportRules;
  /** Paints the text; the other formats have no colour. */
  readonly style: Style;
}

/**
 * Findings as text for a person, JSON, workflow commands of GitHub, or SARIF 2.1.0, without a newline at the end: empty
 * where text or workflow commands have nothing to say. The order of the findings given does not matter. Nothing that a
 * finding quotes can steer a terminal or command the runner of a CI job.
 */
export function renderReport(
  findings: readonly ReportFinding[],
  format: ReportFormat,
  { version, rules, style }: ReportOptions,
): string {
  const ordered = inOrder(findings);
  switch (format) {
    case 'text':
      return renderFindings(ordered, style).join('\n');
    case 'json':
      return renderJson(ordered, version);
    case 'github':
      return renderAnnotations(ordered, rules).join('\n');
    case 'sarif':
      return renderSarif(ordered, version, rules);
  }
}
