import type { SurfaceDocs } from '../source.js';
import { blocks, bullets, code, heading, prose, table } from '../text/markdown.js';

/** What always holds between fields, and which fields the writer computes. */
export function invariantsRegion({ entry }: SurfaceDocs): string {
  const { invariants, derived } = entry;
  if (invariants.length === 0 && derived.length === 0) return '';
  return blocks(
    heading(2, 'Invariants', 'invariants'),
    invariants.length === 0
      ? ''
      : table(
          ['invariant', 'formula', 'meaning'],
          invariants.map(({ id, formula, description }) => [code(id), code(formula), prose(description)]),
        ),
    derived.length === 0 ? '' : 'The writer computes these fields and never trusts the value that it is given:',
    bullets(
      derived.map(
        ({ pointer, rule, from }) =>
          `${code(pointer)} by ${code(rule)} from the first that the document holds of ${from.map((each) => code(each)).join(', ')}`,
      ),
    ),
  );
}
