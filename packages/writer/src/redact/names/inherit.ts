import type { NameClass } from './classify.js';

/** Keys that stand for the whole of what they belong to. */
const STANDS_FOR_ALL: ReadonlySet<string> = new Set(['value', 'raw', 'current', 'previous', 'old', 'new', 'default']);

/**
 * What a key says of its value inside of something that has a name itself. A key that says nothing takes what is said
 * of its container: in full under `secrets`, `passwords` and the like and for `password.value`; elsewhere the value
 * must look like a secret, since `SECRET` may be a coin with a price.
 */
export function inheritedName(key: string, own: NameClass, container: NameClass): NameClass {
  const { role, kind, several } = container;
  if (role !== 'secret' && role !== 'hint') return own;
  if (STANDS_FOR_ALL.has(key)) return container;
  if (own.role !== 'plain') return own;
  return several === true ? container : { role: 'hint', kind };
}
