import { nextByte, nextNumber } from './cursor.js';
import { ARRAY, FALSE, NULL, NUMBER, OBJECT, TRUE } from './marks.js';
import { arrayReader, mapReader } from './read-container.js';
import { FALSE_TEXT, putNull, TRUE_TEXT } from './read-scalar.js';
import { textReader } from './read-text.js';
import type { Reader } from './reading.js';
import type { Place } from './screen.js';
import { putBytes, putNumber } from './sink.js';

/** Makes readers of values whose kind is written in front of them, one for each place. */
export function openReaders(): (place: Place) => Reader {
  const known = new Map<Place, Reader>();
  const at = (place: Place): Reader => {
    const reader = known.get(place);
    if (reader !== undefined) return reader;
    const made = openReader(place, at);
    known.set(place, made);
    return made;
  };
  return at;
}

function openReader(place: Place, at: (place: Place) => Reader): Reader {
  const text = textReader(place.text);
  const object = mapReader(at, place);
  const read: Reader = (reading) => {
    const { cursor, sink } = reading;
    switch (nextByte(cursor)) {
      case NULL:
        return putNull(reading);
      case FALSE:
        return putBytes(sink, FALSE_TEXT, 0, FALSE_TEXT.length);
      case TRUE:
        return putBytes(sink, TRUE_TEXT, 0, TRUE_TEXT.length);
      case NUMBER: {
        const value = nextNumber(cursor);
        if (!place.number(value)) reading.flagged = true;
        return putNumber(sink, value);
      }
      case ARRAY:
        return array(reading);
      case OBJECT:
        return object(reading);
      default:
        cursor.at -= 1;
        return text(reading);
    }
  };
  const array = arrayReader(read, true);
  return read;
}
