import type { ServerResponse } from 'node:http';
import type { ErrorAnswer } from '../api/types.js';
import { jsonOf } from '../hub/frame.js';

/** What a route answers. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer, errors included. There are no CORS headers: no other origin may read anything. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': CSP,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** An answer that says that there is nothing to send, and nothing wrong. */
export const NOTHING: Answer = { status: 204, type: 'text/plain; charset=utf-8', body: '' };

export function json(value: unknown, status = 200): Answer {
  return { status, type: 'application/json; charset=utf-8', body: `${jsonOf(value)}\n` };
}

/** An error without a path or a stack in it. */
export function failure(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const answer: ErrorAnswer = { error: { code, message } };
  return { ...json(answer, status), headers };
}

/** Sends an answer; to HEAD without its body. */
export function send(response: ServerResponse, answer: Answer, isHead: boolean): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...SECURITY_HEADERS,
    'content-type': answer.type,
    'content-length': body.length,
    ...answer.headers,
  });
  response.end(isHead ? undefined : body);
}
