import type { Page, Part } from '../regions.js';
import { region } from '../regions.js';
import { surfacePage } from '../source.js';
import type { DocsSource, SurfaceDocs } from '../source.js';
import { dialectsRegion } from './dialects.js';
import { examplesRegion } from './examples.js';
import { deprecatedRegion, fieldsRegion, missingRegion, typesRegion, valuesRegion } from './fields.js';
import { findingsRegion } from './findings.js';
import { factsRegion, headRegion, purposeRegion } from './head.js';
import { invariantsRegion } from './invariants.js';
import { recipesRegion } from './recipes.js';
import { runbookRegion } from './runbook.js';
import { versionsRegion } from './versions.js';

/** The page of a surface or ledger. */
export function surfacePageOf(surface: SurfaceDocs, { changelog }: DocsSource): Page {
  const texts: readonly (readonly [name: string, text: string])[] = [
    ['head', headRegion(surface)],
    ['purpose', purposeRegion(surface)],
    ['facts', factsRegion(surface)],
    ['runbook', runbookRegion(surface)],
    ['types', typesRegion(surface)],
    ['fields', fieldsRegion(surface)],
    ['missing', missingRegion(surface)],
    ['values', valuesRegion(surface)],
    ['deprecated', deprecatedRegion(surface)],
    ['invariants', invariantsRegion(surface)],
    ['examples', examplesRegion(surface)],
    ['findings', findingsRegion(surface)],
    ['versions', versionsRegion(surface, changelog)],
    ['dialects', dialectsRegion(surface)],
    ['recipes', recipesRegion(surface)],
  ];
  const parts: Part[] = texts.flatMap(([name, text]) => (text === '' ? [] : [region(name, text)]));
  return { file: `docs/${surfacePage(surface.entry)}`, parts };
}
