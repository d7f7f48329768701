import { fingerprint } from './fingerprint.js';
import { joined, replaced } from './span.js';
import type { Span } from './span.js';
import { findStacks, sanitised } from './stacks.js';
import type { Frame, StackPart } from './stacks.js';
import { original } from './views.js';
import type { View } from './views.js';

/** What becomes of stack traces. */
export interface StackPolicy {
  /** `removed` leaves a marker and a fingerprint; `sanitised` also the frames, relative to the root, without values. */
  readonly mode: 'removed' | 'sanitised';
  /** The project's root; paths under it are shown relative to it. */
  readonly root: string;
}

const MOST_FRAMES = 32;
const AROUND = 2048;
const IDENTITY = /^\s*(?:Uncaught |Caused by: )?([A-Za-z_$][\w.$]{0,120})(?: \[[A-Z_0-9]{1,60}\])?: ([^\n]{0,1024})/m;

/**
 * Finds the stack traces in a text and says what stands in their place. `secrets` are the spans already found in it, so
 * that the fingerprint is taken of a message without them.
 */
export function stackSpans(view: View, policy: StackPolicy, secrets: readonly Span[], spans: Span[]): void {
  const parts = findStacks(view.text);
  if (parts.length === 0) return;
  const print = fingerprint({
    ...identityOf(view.text, parts, secrets),
    frames: parts.flatMap(({ frames }) => frames),
  });
  for (const part of parts)
    spans.push({
      start: original(view, part.start),
      end: original(view, part.end),
      kind: 'stack',
      replacement: standIn(part, policy, print),
    });
}

function standIn(part: StackPart, { mode, root }: StackPolicy, print: string): string {
  const mark = `[redacted:stack] [fp:${print}]`;
  return mode === 'removed' ? mark : [mark, ...relativeFrames(part.frames, root)].join('\n    ');
}

/** The frames as lines of text without values, the topmost ones of a long trace. */
export function relativeFrames(frames: readonly Frame[], root: string): string[] {
  return frames.slice(0, MOST_FRAMES).map((frame) => sanitised(frame, root));
}

/** The name and the message of the error that a trace belongs to: before V8's frames, after Python's. */
function identityOf(
  text: string,
  parts: readonly StackPart[],
  secrets: readonly Span[],
): { readonly name: string; readonly message: string } {
  const first = parts[0]?.start ?? 0;
  const last = parts.at(-1)?.end ?? 0;
  const match =
    IDENTITY.exec(without(text, Math.max(0, first - AROUND), first, secrets)) ??
    IDENTITY.exec(without(text, last, Math.min(text.length, last + AROUND), secrets));
  return { name: match?.[1] ?? '', message: match?.[2] ?? '' };
}

/** A part of a text with the secrets in it replaced. */
function without(text: string, from: number, to: number, secrets: readonly Span[]): string {
  const inside = secrets.filter(({ start, end }) => start < to && end > from);
  const shifted = inside.map((span) => ({
    ...span,
    start: Math.max(span.start, from) - from,
    end: Math.min(span.end, to) - from,
  }));
  return replaced(text.slice(from, to), joined(shifted));
}
