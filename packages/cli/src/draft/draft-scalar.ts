import type { Schema } from '@hedge-telemetry/evolution';

import { guessUnit, isTimeName } from './guess-unit.js';
import type { Observation } from './observe.js';

const COMMON = '../common.schema.json#/$defs';
/** A second of the year 2001 and one of 5138: numbers in between may be epoch seconds. */
const EARLIEST = 1e9;
const LATEST = 99_999_999_999;
const SYMBOL = /^[A-Z0-9]{2,20}(USDT|USDC|USD|BUSD)$/;
const ASSET = /^[A-Z][A-Z0-9]{1,9}$/;
const WORD = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;
const MOST_WORDS = 12;
/** An enumeration shows itself by values that come again. */
const REPEATS = 3;

/** The shape of a number, with its unit. What is not certain is added to `questions`. */
export function numberShape(name: string, seen: Observation, questions: string[]): Schema {
  if (isTimeName(name) && seen.least >= EARLIEST) {
    if (seen.most > LATEST) questions.push('Milliseconds were seen; the contract counts seconds. Who converts them?');
    return { $ref: `${COMMON}/EpochSeconds` };
  }
  const isWhole = seen.integers === seen.numbers;
  const { unit, doubt } = guessUnit(name, isWhole);
  if (doubt !== null) questions.push(doubt);
  const isCount = isWhole && unit === 'count' && seen.least >= 0;
  return { type: isCount ? 'integer' : 'number', ...(isCount ? { minimum: 0 } : {}), 'x-unit': unit ?? 'none' };
}

/** The shape of a text: a time, a symbol, one of some words, or any text. Only short words are taken from the data. */
export function textShape(name: string, seen: Observation, questions: string[]): Schema {
  if (seen.isoTimestamps === seen.strings) return { $ref: `${COMMON}/IsoTimestamp` };
  const texts = [...(seen.texts?.keys() ?? [])];
  if (texts.length > 0 && texts.every(isSymbol)) return { $ref: `${COMMON}/TradingSymbol` };
  if (!isEnumeration(name, seen, texts)) {
    questions.push('May it be any text, or one of some values?');
    return { type: 'string', 'x-unit': 'none' };
  }
  questions.push('These values were seen. Which others may occur?');
  return { enum: [...texts.toSorted(), ...(seen.nulls > 0 ? [null] : [])], 'x-unit': 'none' };
}

/** What the keys of a map are; null where they look like the names of fields. */
export function keysOfMap(keys: readonly string[]): string | null {
  if (keys.length === 0) return null;
  if (keys.every(isSymbol)) return 'symbol, e.g. BTCUSDT';
  if (keys.length > 1 && keys.every((key) => ASSET.test(key))) return 'asset, e.g. BTC';
  return keys.length > 1 && keys.every((key) => /^\d+$/.test(key)) ? 'number, e.g. 0' : null;
}

function isSymbol(text: string): boolean {
  return SYMBOL.test(text);
}

function isEnumeration(name: string, seen: Observation, texts: readonly string[]): boolean {
  return (
    seen.texts !== null &&
    texts.length <= MOST_WORDS &&
    seen.strings >= REPEATS * texts.length &&
    texts.every((text) => WORD.test(text)) &&
    !/(^|_)(id|ids|name|key|hash|token)$/i.test(name)
  );
}
