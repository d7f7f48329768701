import { isArray, isObject, type Json } from './json.js';

const mostTrials = 200;

/** A smaller value of which `breaks` still holds: keys and items dropped, values made plain, texts cut. */
export function shrink(value: Json, breaks: (value: Json) => boolean): Json {
  let trials = 0;
  const still = (candidate: Json) => {
    trials += 1;
    return trials <= mostTrials && breaks(candidate);
  };
  let best = value;
  for (let changed = true; changed;) {
    changed = false;
    for (const candidate of smaller(best)) {
      if (!still(candidate)) continue;
      best = candidate;
      changed = true;
      break;
    }
  }
  return best;
}

function* smaller(value: Json): Generator<Json> {
  yield* plainer(value);
  if (isArray(value)) {
    for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, item] of value.entries()) for (const small of smaller(item)) yield value.with(index, small);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) yield without(value, key);
    for (const [key, item] of Object.entries(value)) {
      for (const small of smaller(item)) yield Object.fromEntries(replaced(Object.entries(value), key, small));
    }
  } else if (typeof value === 'string' && value.length > 1) {
    yield value.slice(0, Math.floor(value.length / 2));
    yield value.slice(0, -1);
  }
}

/** The plainest values that come before `value`; none comes before null. */
function plainer(value: Json): Json[] {
  const order: Json[] = [null, false, 0, ''];
  if (isArray(value)) return value.length === 0 ? order : [...order, []];
  if (isObject(value)) return Object.keys(value).length === 0 ? [...order, []] : [...order, [], {}];
  if (typeof value === 'string') return value === '' ? order.slice(0, 3) : order;
  if (typeof value === 'number') return order.slice(0, value === 0 ? 2 : 3);
  return value === null ? [] : value ? [null, false] : [null];
}

function without(value: { readonly [key: string]: Json }, key: string): Json {
  return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
}

function replaced(entries: readonly [string, Json][], key: string, item: Json): [string, Json][] {
  return entries.map(([other, known]) => [other, other === key ? item : known]);
}
