/** What the name of an environment or an executor may be: it becomes a part of subjects, keys and stream names. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** An executor of an environment. */
export interface ExecutorPlace {
  /** Environment, e.g. prod. */
  readonly env: string;
  readonly executor: string;
}

/** The name rule in words. */
export const NAME_RULE = 'lower-case letters, digits, - and _, at most 32, a letter or digit first';

/** True where the text can name an environment or an executor. */
export function isFleetName(text: string): boolean {
  return NAME.test(text);
}

/** The name itself. Throws a RangeError where it is none. */
export function fleetName(what: 'env' | 'executor', text: string): string {
  if (isFleetName(text)) return text;
  throw new RangeError(`${what} is ${JSON.stringify(text.slice(0, 64))}, expected ${NAME_RULE}`);
}

/** Stream that holds the ledgers of one executor. Names hold no capitals, so no two executors share one. */
export function eventStream({ env, executor }: ExecutorPlace): string {
  return `TLM_EVENTS_${env}_OF_${executor}`;
}

/** Subject of a ledger; `*` for all ledgers of the executor. */
export function eventSubject({ env, executor }: ExecutorPlace, ledger: string): string {
  return `tlm.${env}.events.${executor}.${ledger}`;
}

/** Bucket of the last state of every executor. */
export function stateBucket(env: string): string {
  return `TLM_STATE_${env}`;
}

/** Bucket of what is alive. */
export function presenceBucket(env: string): string {
  return `TLM_PRESENCE_${env}`;
}

/** Stream behind a key-value bucket. */
export function bucketStream(bucket: string): string {
  return `KV_${bucket}`;
}

/** Subject behind a key of a bucket. */
export function keySubject(bucket: string, key: string): string {
  return `$KV.${bucket}.${key}`;
}

/** Key of a state surface. */
export function stateKey(executor: string, surface: string): string {
  return `${executor}.${surface}`;
}
