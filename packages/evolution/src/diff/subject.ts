import type { Bundle } from '../tree/bundle.js';
import { canonicalJson, withoutAnnotations } from '../tree/annotations.js';
import { fieldsOf } from './fields.js';
import type { Field } from './fields.js';
import type { Schema } from '../tree/load.js';

/** One version of a surface, as a comparison sees it. */
export interface Subject {
  readonly surface: string;
  /** A version, a git ref, or what else to call it. */
  readonly label: string;
  /** The latest version that was released when it stood like this; null before the first release. */
  readonly version: string | null;
  readonly major: number;
  readonly schema: Schema;
  readonly fields: ReadonlyMap<string, Field>;
  /** Names of the legacy dialects beside it. */
  readonly dialects: readonly string[];
  /** Equal for two versions that say the same. */
  readonly content: string;
  /** Equal for two versions of which every validator says the same. */
  readonly assertions: string;
}

/** The working schema of a surface, which knows where its parts stand in the files. */
export interface WorkingSubject extends Subject {
  readonly origin: Bundle['origin'];
}

type Named = Pick<Subject, 'surface' | 'label' | 'version' | 'major' | 'dialects'>;

/** A version of a surface; `$id`, which names the file and not the content, is left out. */
export function subject(named: Named, schema: Schema): Subject {
  const { $id: _, ...content } = schema;
  return {
    ...named,
    schema: content,
    fields: fieldsOf(content),
    content: canonicalJson(content),
    assertions: canonicalJson(withoutAnnotations(content)),
  };
}

/** What x-surface says under a name. */
export function surfaceFact(of: Subject, name: string): unknown {
  return factOf(of, 'x-surface', name);
}

/** What a keyword of the root, an object, says under a name. */
export function factOf(of: Subject, keyword: string, name: string): unknown {
  const facts = of.schema[keyword];
  return typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>)[name] : undefined;
}
