import { SinkError } from '../sink.js';
import type { Msg } from '@nats-io/transport-node';
import { apiFailure } from './failure.js';

const NO_RESPONDERS = 503;

/** The number under which the server stored a message. Throws a SinkError where it did not. */
export function storedAs(answer: Msg): number {
  if (answer.headers?.code === NO_RESPONDERS) throw new SinkError('not-provisioned', 'no stream takes this subject');
  const { seq, error } = parsed(answer);
  if (error !== undefined) throw apiFailure(error.err_code ?? 0, error.description ?? 'refused');
  if (typeof seq !== 'number') throw new SinkError('rejected', 'the answer to a publish is not one of JetStream');
  return seq;
}

interface Answer {
  readonly seq?: unknown;
  readonly error?: { readonly err_code?: number; readonly description?: string };
}

function parsed(answer: Msg): Answer {
  try {
    return answer.json<Answer>();
  } catch {
    return {};
  }
}
