import { hash } from './hash.js';
import type { Random } from './random.js';

/** An error as the executor reports it: no secrets, no stack. */
export interface ExchangeError {
  /** Part of the executor that failed. */
  readonly component: string;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** The same for errors of one kind. */
  readonly fingerprint: string;
}

const ORDER_ERRORS = [
  ['ExchangeError', '-1021', 'Timestamp for this request is outside of the recvWindow.'],
  ['ExchangeError', '-1001', 'Internal error; unable to process your request.'],
  ['ExchangeError', '-2019', 'Margin is insufficient.'],
  ['NetworkError', 'ECONNRESET', 'The connection was reset before an answer arrived.'],
] as const;

/** One of the errors that an order may run into. */
export function orderError(random: Random): ExchangeError {
  const [name, code, message] = ORDER_ERRORS[Math.floor(random.next() * ORDER_ERRORS.length)] ?? ORDER_ERRORS[0];
  return exchangeError('order_router', name, code, message);
}

/** The balance source did not answer in time. */
export function balanceError(): ExchangeError {
  return exchangeError('balances', 'NetworkError', 'ETIMEDOUT', 'The balance source did not answer within 5 s.');
}

function exchangeError(component: string, name: string, code: string, message: string): ExchangeError {
  const fingerprint = hash(`${component} ${name} ${code}`).toString(16).padStart(8, '0');
  return { component, name, code, message, fingerprint };
}
