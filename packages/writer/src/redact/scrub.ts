import { detectAssignments } from './detectors/assignments.js';
import { detectEncoded } from './detectors/encoded.js';
import { detectFormats } from './detectors/formats.js';
import { detectMnemonics } from './detectors/mnemonic.js';
import { detectNeighbours } from './detectors/neighbours.js';
import { detectPrivateKeys } from './detectors/pem.js';
import { holdsPythonRepr } from './detectors/python-repr.js';
import { withoutPublicParts } from './detectors/public-parts.js';
import { isOpaque, isUnnamedOpaque } from './detectors/shape.js';
import { detectSpokenCredentials } from './detectors/spoken-credentials.js';
import { detectUrlPasswords } from './detectors/urls.js';
import type { KnownSearch } from './known/known-values.js';
import type { NameClass } from './names/classify.js';
import { isReference, maySecret } from './names/secret-value.js';
import { detectPaths } from './paths.js';
import { joined } from './span.js';
import type { Span } from './span.js';
import { stackSpans } from './stack-spans.js';
import type { StackPolicy } from './stack-spans.js';
import {
  HAS_BRACKET,
  HAS_ESCAPE,
  HAS_SEPARATOR,
  HAS_SLASH,
  HAS_SPACE,
  HAS_SURROGATE,
  HAS_TOKEN,
  HAS_WORDS,
  traitsOf,
} from './text-traits.js';
import { original, viewsOf } from './views.js';

const NOTHING: readonly Span[] = [];
const MARKER = /\[redacted:[a-z-]{2,24}\]/g;
const SCHEME = /^(?:bearer|basic|token|digest|apikey|bot|negotiate)\s+/i;
const SCANNED = HAS_TOKEN | HAS_SEPARATOR | HAS_ESCAPE | HAS_SPACE;

/** What is known of the process when a text is judged. */
export interface ScrubContext extends KnownSearch {
  readonly stacks: StackPolicy;
}

/** What was found in a text: spans in order and apart, and what else is worth a finding. */
export interface Scrubbed {
  readonly spans: readonly Span[];
  readonly pythonRepr: boolean;
  readonly surrogates: boolean;
}

/** Finds what of a text must not be written. `name` is what the field's name says; `paths` hides file paths as well. */
export function scrub(given: string, name: NameClass, context: ScrubContext, paths = false): Scrubbed {
  const text = withoutMarkers(given);
  const traits = traitsOf(text);
  const whole = name.role === 'secret' ? secretField(text, name) : undefined;
  const needed = (traits & SCANNED) !== 0 || text.length >= context.shortest || (paths && (traits & HAS_SLASH) !== 0);
  const spans = whole === undefined && !needed ? NOTHING : scan(text, traits, name, context, paths);
  return {
    spans: whole === undefined ? spans : [withKind(whole, spans)],
    pythonRepr: mayBeRepr(text, traits) && holdsPythonRepr(text),
    surrogates: (traits & HAS_SURROGATE) !== 0,
  };
}

/** Markers of an earlier redaction are blanked out, so that none is taken for a value. */
function withoutMarkers(text: string): string {
  return text.includes('[redacted:') ? text.replace(MARKER, (marker) => ' '.repeat(marker.length)) : text;
}

/** A field named for a secret is one from end to end, but for the scheme of a header. */
function secretField(text: string, { kind }: NameClass): Span | undefined {
  const value = text.trim();
  if (!maySecret(value)) return undefined;
  const start = text.indexOf(value) + (SCHEME.exec(value)?.[0].length ?? 0);
  return { start, end: text.indexOf(value) + value.length, kind };
}

/** A format that fills the field tells more of it than its name. */
function withKind(field: Span, spans: readonly Span[]): Span {
  const format = spans.find(({ start, end }) => start <= field.start && end >= field.end);
  return format === undefined ? field : { ...field, kind: format.kind };
}

function scan(text: string, traits: number, name: NameClass, context: ScrubContext, paths: boolean): readonly Span[] {
  const found: Span[] = [];
  for (const view of (traits & HAS_ESCAPE) === 0 ? [{ text, offsets: null }] : viewsOf(text)) {
    const spans: Span[] = [];
    detect(view.text, view.offsets === null ? traits : traitsOf(view.text), name, context, spans);
    for (const span of spans) found.push({ ...span, start: original(view, span.start), end: original(view, span.end) });
    stackSpans(view, context.stacks, spans, found);
  }
  if (paths || found.some(({ kind }) => kind === 'stack')) detectPaths(text, found);
  return found.length === 0 ? NOTHING : joined(found);
}

function detect(text: string, traits: number, name: NameClass, { find, shortest }: ScrubContext, spans: Span[]): void {
  if (text.length >= shortest) find(text, spans);
  if ((traits & HAS_WORDS) !== 0) detectMnemonics(text, spans);
  if ((traits & HAS_SEPARATOR) !== 0 && !isReference(text)) {
    detectAssignments(text, spans);
    detectUrlPasswords(text, spans);
  }
  if ((traits & HAS_TOKEN) !== 0 || ((traits & HAS_SEPARATOR) !== 0 && text.includes('://')))
    detectFormats(text, spans);
  if ((traits & HAS_SPACE) !== 0) detectSpokenCredentials(text, spans);
  if ((traits & HAS_TOKEN) === 0) return;
  detectPrivateKeys(text, spans);
  const judged = withoutPublicParts(text);
  detectNeighbours(judged, name.role === 'identifier', spans);
  detectEncoded(judged, spans);
  detectField(judged, name, spans);
}

/** A field that hints at a secret, or the argument of a call, and holds one opaque token and nothing else. */
function detectField(text: string, { role, kind }: NameClass, spans: Span[]): void {
  const value = text.trim();
  const opaque = role === 'hint' ? isOpaque(value) : role === 'dump' && isUnnamedOpaque(value);
  if (!opaque) return;
  const start = text.indexOf(value);
  spans.push({ start, end: start + value.length, kind });
}

function mayBeRepr(text: string, traits: number): boolean {
  return (traits & HAS_BRACKET) !== 0 || (text.length >= 3 && text.length <= 4);
}
