import { nextByte } from './cursor.js';
import type { Cursor } from './cursor.js';
import { PRESENT } from './marks.js';
import { choicesOf } from './plan.js';
import { arrayReader, mapReader } from './read-container.js';
import { openReaders } from './read-open.js';
import { choiceReader, FALSE_TEXT, putNull, readNumber, TRUE_TEXT } from './read-scalar.js';
import { textReader } from './read-text.js';
import type { Reader } from './reading.js';
import type { Place, Screen } from './screen.js';
import { putByte, putBytes } from './sink.js';
import type { Sink } from './sink.js';
import * as kinds from './site.js';
import type { Detail, Site } from './site.js';

export type { Cursor } from './cursor.js';

/**
 * Reads what the encoder of a surface wrote, and puts its JSON text: the bytes that JSON.stringify gives of the
 * normalised document. False where the screen wants the document looked at as a whole.
 */
export type Decoder = (cursor: Cursor, sink: Sink) => boolean;

const [OPEN, CLOSE] = Buffer.from('{}') as unknown as [number, number];

/** Makes a decoder. `escapeBreaks` is for ledgers: line separators that JSON leaves raw are escaped. */
export function createDecoderOf(root: Site, screen: Screen, escapeBreaks: boolean): Decoder {
  const open = openReaders();
  const read = memberReader(root, 0, screen.root);
  return (cursor, sink) => {
    const reading = { cursor, sink, escapeBreaks, flagged: false };
    read(reading);
    return !reading.flagged;
  };

  function memberReader({ codes, details }: Site, field: number, place: Place): Reader {
    const kind = (codes[field] as number) & kinds.KIND;
    const detail = details[field] as Detail;
    switch (kind) {
      case kinds.NUMBER:
        return readNumber;
      case kinds.TEXT:
        return textReader(screen.field(place, detail.node));
      case kinds.CHOICE:
        return choiceReader(choicesOf(detail.node).map((each) => Buffer.from(JSON.stringify(each))));
      case kinds.BOOLEAN:
        return choiceReader([FALSE_TEXT, TRUE_TEXT]);
      case kinds.MIXED:
        return open(place);
      default: {
        const nested = nestedReader(kind, detail, place);
        return (reading) => (nextByte(reading.cursor) === PRESENT ? nested(reading) : putNull(reading));
      }
    }
  }

  function nestedReader(kind: number, { site, branches }: Detail, place: Place): Reader {
    switch (kind) {
      case kinds.OBJECT:
        return objectReader(site as Site, place);
      case kinds.ARRAY:
        return arrayReader(memberReader(site as Site, 0, place), isText(site as Site));
      case kinds.MAP:
        return mapReader((at) => memberReader(site as Site, 0, at), place);
      case kinds.UNION: {
        const readers = [...branches.values()].map((branch) => objectReader(branch.site, place));
        return (reading) => readers[nextByte(reading.cursor)]?.(reading);
      }
      default:
        return open(place);
    }
  }

  function objectReader(site: Site, place: Place): Reader {
    const names = site.keys.map((key) => Buffer.from(`,${JSON.stringify(key)}:`));
    const readers = site.keys.map((key, field) => memberReader(site, field, place.child(key) ?? place));
    return (reading) => {
      const { cursor, sink } = reading;
      const start = sink.at;
      for (let field = nextByte(cursor); field !== 0; field = nextByte(cursor)) {
        const name = names[field - 1] as Buffer;
        putBytes(sink, name, 0, name.length);
        (readers[field - 1] as Reader)(reading);
      }
      if (sink.at === start) putByte(sink, OPEN);
      else sink.bytes[start] = OPEN;
      putByte(sink, CLOSE);
    };
  }
}

function isText({ codes }: Site): boolean {
  return ((codes[0] as number) & kinds.KIND) === kinds.TEXT;
}
