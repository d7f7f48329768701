import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { SinkError } from '../sink.js';
import type { SinkTrouble } from '../sink.js';

/** Error codes of the JetStream API, as the server's errors.json lists them. */
const API_CODES: Readonly<Record<number, SinkTrouble>> = {
  10059: 'not-provisioned',
  10071: 'conflict',
  10070: 'conflict',
  10164: 'conflict',
  10039: 'not-provisioned',
  10076: 'not-provisioned',
};

/** What an error of the client library, or of the server, comes to. */
export function natsFailure(error: unknown): SinkError {
  if (error instanceof SinkError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof JetStreamApiError) return apiFailure(error.code, message);
  const permission = permissionOf(error);
  if (permission !== null) return new SinkError('denied', permission, { cause: error });
  if (error instanceof errors.AuthorizationError) return new SinkError('denied', message, { cause: error });
  if (error instanceof errors.RequestError && error.isNoResponders())
    return new SinkError('not-provisioned', 'no stream takes this subject, or JetStream is not enabled', {
      cause: error,
    });
  return new SinkError('unreachable', message, { cause: error });
}

/** What an error of the JetStream API comes to. */
export function apiFailure(code: number, message: string): SinkError {
  return new SinkError(API_CODES[code] ?? 'rejected', `${message} (${code})`);
}

function permissionOf(error: unknown): string | null {
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if (each instanceof errors.PermissionViolationError) return `${each.operation} to ${each.subject} is not permitted`;
  return null;
}
