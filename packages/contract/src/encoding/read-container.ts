import { nextCount } from './cursor.js';
import { keyReader } from './read-text.js';
import type { Reader } from './reading.js';
import type { Place } from './screen.js';
import { putByte } from './sink.js';

const [OPEN_LIST, CLOSE_LIST, OPEN_RECORD, CLOSE_RECORD, COMMA, COLON] = Buffer.from('[]{},:') as unknown as [
  number,
  number,
  number,
  number,
  number,
  number,
];
/** So many words may be a seed phrase: a list of them is looked at as a whole. */
const FEWEST_WORDS = 12;

/** Reads a list; `texts` where its items may be texts. */
export function arrayReader(items: Reader, texts: boolean): Reader {
  return (reading) => {
    const { cursor, sink } = reading;
    const count = nextCount(cursor);
    if (texts && count >= FEWEST_WORDS) reading.flagged = true;
    putByte(sink, OPEN_LIST);
    for (let i = 0; i < count; i += 1) {
      if (i > 0) putByte(sink, COMMA);
      items(reading);
    }
    putByte(sink, CLOSE_LIST);
  };
}

/** Reads an object whose keys are not declared; `valuesAt` makes the reader of the values that stand somewhere. */
export function mapReader(valuesAt: (place: Place) => Reader, place: Place): Reader {
  const readers = new Map<Place, Reader>();
  const readKey = keyReader(place);

  function readerAt(at: Place): Reader {
    const known = readers.get(at);
    if (known !== undefined) return known;
    const made = valuesAt(at);
    readers.set(at, made);
    return made;
  }

  return (reading) => {
    const { cursor, sink } = reading;
    const count = nextCount(cursor);
    putByte(sink, OPEN_RECORD);
    for (let i = 0; i < count; i += 1) {
      if (i > 0) putByte(sink, COMMA);
      const at = readKey(reading);
      if (at === null) reading.flagged = true;
      putByte(sink, COLON);
      readerAt(at ?? place)(reading);
    }
    putByte(sink, CLOSE_RECORD);
  };
}
