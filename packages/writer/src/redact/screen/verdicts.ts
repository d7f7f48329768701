import type { NameClass } from '../names/classify.js';
import { scrub } from '../scrub.js';
import type { ScrubContext } from '../scrub.js';
import type { Span } from '../span.js';
import { isPlainProse } from './prose.js';
import { CLEAN, quickLook, UNLESS_NAMED } from './quick-look.js';

/** True where a text may be written as it is. */
export type Judge = (text: string) => boolean;

const SLOTS = 512;
const LONGEST_KEPT = 512;

/** The judges of all texts, by what the name over them says. */
export type Judges = (name: NameClass) => Judge;

/** Judges for a context, each made when it is first asked for; `longest` is the limit of a text. */
export function judgesOf(context: ScrubContext, longest: number): Judges {
  const byRole = new Map<NameClass['role'], Judge>();
  return (name) => {
    const known = byRole.get(name.role);
    if (known !== undefined) return known;
    const judge = judgeOf(name, context, longest);
    byRole.set(name.role, judge);
    return judge;
  };
}

/**
 * A judge of the texts that stand under a name: true exactly where `scrub` finds nothing in them. Most are told by one
 * pass; of the others the latest are remembered, those with nothing in them alone.
 */
function judgeOf(name: NameClass, context: ScrubContext, longest: number): Judge {
  const remembered = Array.from({ length: SLOTS }, () => '');
  const enough = enoughUnder(name);
  const prose = name.role !== 'secret';
  const searched = (text: string): boolean => {
    if (text.length > longest) return false;
    const slot = slotOf(text);
    if (remembered[slot] === text) return true;
    const clean = (prose && isPlainProse(text)) || isClean(text, name, context);
    if (clean && text.length <= LONGEST_KEPT) remembered[slot] = text;
    return clean;
  };
  return (text) => {
    if (text.length >= context.shortest && context.mayHold(text) && holdsKnown(text, context)) return false;
    return (text.length <= longest && quickLook(text) >= enough) || searched(text);
  };
}

/** The least that the quick look must say of a text for it to be left alone. */
function enoughUnder({ role }: NameClass): number {
  if (role === 'secret') return Number.POSITIVE_INFINITY;
  return role === 'plain' || role === 'identifier' ? UNLESS_NAMED : CLEAN;
}

function isClean(text: string, name: NameClass, context: ScrubContext): boolean {
  const { spans, pythonRepr, surrogates } = scrub(text, name, context);
  return spans.length === 0 && !pythonRepr && !surrogates;
}

function holdsKnown(text: string, { find }: ScrubContext): boolean {
  const spans: Span[] = [];
  find(text, spans);
  return spans.length > 0;
}

function slotOf(text: string): number {
  const { length } = text;
  const mixed =
    (text.charCodeAt(0) * 31 + text.charCodeAt(length >> 1)) * 31 +
    text.charCodeAt(length - 1) * 7 +
    text.charCodeAt(length - 3);
  return (mixed + length * 131) & (SLOTS - 1);
}
