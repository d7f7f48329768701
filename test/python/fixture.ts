import type { Answer, Case, Outcome, WriteCase } from './case.js';

/** A case and what is to be said of it, without what follows from the rule of a finding or from the document. */
export interface Fixture {
  readonly case: Case | Hidden;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** A case whose text is in base64, so that nobody takes for real what was made up to look like a secret. */
type Hidden = Omit<WriteCase, 'text'> & { readonly text64: string };

/** The fixture of a case. */
export function fixtureOf(each: Case, expected: Outcome): Fixture {
  const { write, writer, reader, read } = expected;
  return {
    case: each.do === 'write' && each.env !== undefined ? hidden(each) : each,
    expected: {
      ...(write === undefined ? {} : { write: brief(write) }),
      ...(writer === undefined ? {} : { writer: writer.map(words) }),
      ...(reader === undefined ? {} : { reader: reader.map(words) }),
      ...(read === undefined ? {} : { read: brief(read) }),
    },
  };
}

function hidden({ text, ...rest }: WriteCase): Hidden {
  return { ...rest, text64: Buffer.from(text).toString('base64') };
}

function brief({ findings, readings, value: _value, document: _document, ...rest }: Answer): Record<string, unknown> {
  const states = readings === undefined ? {} : { states: Object.fromEntries(statesOf(readings, '')) };
  return { ...rest, ...states, findings: findings.map(words) };
}

/** Where a reading is and its state, one for each; the readings within a value as well. */
function statesOf(view: unknown, pointer: string): [string, unknown][] {
  if (typeof view !== 'object' || view === null) return [];
  if ('state' in view && 'age_s' in view && typeof view.state === 'string') {
    const inside = 'value' in view && view.state !== 'invalid' ? statesOf(view.value, pointer) : [];
    return [[pointer, view.state], ...inside];
  }
  return Object.entries(view).flatMap(([key, each]) => statesOf(each, `${pointer}/${key}`));
}

function words({ rule, pointer, expected, actual }: Answer['findings'][number]): unknown[] {
  return [rule, pointer, expected, actual];
}
