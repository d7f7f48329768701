import { isStandIn } from '../names/secret-value.js';
import type { Span } from '../span.js';
import { isOpaque } from './shape.js';

const LONGEST_AUTHORITY = 1024;

/** Finds the password of `scheme://user:password@host`, and a token that stands as the user alone. */
export function detectUrlPasswords(text: string, spans: Span[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const userinfo = userinfoOf(text.slice(start, start + LONGEST_AUTHORITY));
    if (userinfo === undefined) continue;
    const colon = userinfo.indexOf(':');
    const secret = colon >= 0 ? userinfo.slice(colon + 1) : userinfo;
    if (secret === '' || isStandIn(secret) || (colon < 0 && !isOpaque(secret))) continue;
    const from = start + userinfo.length - secret.length;
    spans.push({ start: from, end: from + secret.length, kind: 'url-password' });
  }
}

/** What stands before the last `@` of the authority; a password may hold a slash that nobody encoded. */
function userinfoOf(rest: string): string | undefined {
  const whole = rest.slice(0, endOf(rest, /[\s"'`<>]/));
  const authority = whole.slice(0, endOf(whole, /[/?#]/));
  const at = authority.lastIndexOf('@');
  if (at >= 0) return authority.slice(0, at);
  if (!/^[^:]*:(?!\d{1,5}$)./.test(authority)) return undefined;
  const odd = /@(?=[\w.-]+(?::\d{1,5})?(?:[/?#]|$))/.exec(whole);
  return odd === null ? undefined : whole.slice(0, odd.index);
}

function endOf(text: string, stop: RegExp): number {
  const found = text.search(stop);
  return found < 0 ? text.length : found;
}
