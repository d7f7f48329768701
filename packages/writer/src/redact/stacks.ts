import { fileName, relativeTo } from './paths.js';

/** A stretch of stack frames in a text, in UTF-16 units, and what may be said of the frames. */
export interface StackPart {
  readonly start: number;
  readonly end: number;
  readonly frames: readonly Frame[];
}

/** One frame: the function and the file as the trace gave them, and `line` or `line:column`. */
export interface Frame {
  readonly name: string;
  readonly path: string;
  readonly position: string;
}

const HINT = /(?:^|\s)at |File ['"\\]|Traceback \(most recent|\n[ \t]{1,40}\/|\n[ \t]{0,40}from \/|#\d+ \//;
const V8 = /^\s*at (?:(async )?([^\n()]{0,240}?) ?\()?([^\n()]{1,512}?):(\d{1,7}(?::\d{1,7})?)\)?,?(?: \{)?\s*$/;
const FILE = /[\\/]|^node:|\.[A-Za-z]\w{0,5}$|^<anonymous>$/;
const V8_BARE = /^\s*at [^\n]{0,400}\((?:<anonymous>|native|index \d+|Native Method|Unknown Source|unknown)\)\s*$/;
const LIKE_FRAME = /^\s*at \S/;
const PYTHON = /^([\s|+]*)File \\?["']([^"'\n]{1,512}?)\\?["'], line (\d{1,7})(?:, in ([^\n]{1,200}))?/;
/** .NET, PHP, and Go, Ruby and others, whose frames are a path and a line behind white space. */
const OTHERS: readonly RegExp[] = [
  /^\s*at (?<name>[^\n]{1,300}\)) in (?<path>[^\n]{1,400}):line (?<position>\d{1,7})\s*$/,
  /^\s*#\d{1,4} (?<path>\/[^\n(]{1,400})\((?<position>\d{1,7})\): (?<name>[^\n(]{1,120})/,
  /^(?:\s+|\s*from )(?<path>(?:\/|[A-Za-z]:\\)[^\s:]{1,400}):(?<position>\d{1,7})(?::in [^\n]{1,120})?(?: \+0x[0-9a-f]{1,16})?\s*$/,
];
const HEADER =
  /^\s*(?:Traceback \(most recent call last\):|During handling of the above exception|The above exception was the direct|\.{3} \d{1,5} (?:more|common frames)|\[Previous line repeated)/;
const INLINE =
  /(?:^|\s)at (?:[\w.$<>#[\] ]{0,120} )?\(?((?:file:\/\/|node:|[A-Za-z]:[\\/]|\/)[^\s()]{1,400}):(\d{1,7}:\d{1,7})\)?/g;

/** Finds the frames of V8, Java and Python traces: whole lines, or frames that were put on one line. */
export function findStacks(text: string): StackPart[] {
  if (!HINT.test(text)) return [];
  const parts = text.includes('\n') ? lineParts(text) : [];
  return parts.length > 0 ? parts : inlineParts(text);
}

/** A frame without its values: function, path relative to the root, position. */
export function sanitised({ name, path, position }: Frame, root: string): string {
  return `at ${name === '' ? '<anonymous>' : name} (${relativeTo(path, root)}:${position})`;
}

/** What of a frame stays the same wherever the program is installed and however its lines move. */
export function signature({ name, path }: Frame): string {
  return `${name}@${path.startsWith('node:') ? path : fileName(path)}`;
}

function lineParts(text: string): StackPart[] {
  const parts: { start: number; end: number; frames: Frame[] }[] = [];
  let from = 0;
  let code = -1;
  for (let at = 0; at <= text.length; at = from) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop;
    from = end + 1;
    const line = text.slice(at, Math.min(end, at + 1100));
    const python = PYTHON.exec(line);
    const indent = line.length - line.trimStart().length;
    const frame =
      python === null ? frameOf(line) : { name: python[4] ?? '', path: python[2] ?? '', position: python[3] ?? '' };
    const ofCode = code >= 0 && indent > code && line.trim() !== '';
    if (python !== null) code = (python[1] ?? '').length;
    else if (!ofCode) code = -1;
    const last = parts.at(-1);
    const follows = last !== undefined && last.end + 1 >= at;
    if (
      frame === undefined &&
      !ofCode &&
      !HEADER.test(line) &&
      !V8_BARE.test(line) &&
      !(follows && LIKE_FRAME.test(line))
    )
      continue;
    const part = follows ? last : { start: at, end, frames: [] };
    if (part !== last) parts.push(part);
    part.end = end;
    if (frame !== undefined) part.frames.push(frame);
  }
  return parts.filter(({ frames, start }) => frames.length > 0 || HEADER.test(text.slice(start, start + 64)));
}

/** A time of day after `at` is no frame: the path must look like one. */
function frameOf(line: string): Frame | undefined {
  for (const pattern of OTHERS) {
    const { name = '', path = '', position = '' } = pattern.exec(line)?.groups ?? {};
    if (path !== '') return { name, path, position };
  }
  const match = V8.exec(line);
  const path = match?.[3] ?? '';
  if (!FILE.test(path)) return undefined;
  return { name: match?.[2] ?? '', path, position: match?.[4] ?? '' };
}

function inlineParts(text: string): StackPart[] {
  const parts: { start: number; end: number; frames: Frame[] }[] = [];
  for (const match of text.matchAll(INLINE)) {
    const end = match.index + match[0].length;
    const start = match.index + (/^\s/.test(match[0]) ? 1 : 0);
    const last = parts.at(-1);
    const part = last !== undefined && match.index <= last.end ? last : { start, end, frames: [] };
    if (part !== last) parts.push(part);
    part.end = end;
    part.frames.push({ name: '', path: match[1] ?? '', position: match[2] ?? '' });
  }
  return parts;
}
