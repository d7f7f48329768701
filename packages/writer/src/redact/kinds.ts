/**
 * What a finding of the redaction can be about. The first group is replaced by `[redacted:<kind>]`; the second says
 * that a value had to be given another form, or that something was seen and left as it is.
 */
export type SecretKind =
  | 'api-key'
  | 'api-secret'
  | 'authorization'
  | 'aws-key'
  | 'cloud-key'
  | 'discord-token'
  | 'encoded-secret'
  | 'env-value'
  | 'exchange-key'
  | 'github-token'
  | 'gitlab-token'
  | 'google-key'
  | 'hex-key'
  | 'jwt'
  | 'listen-key'
  | 'mnemonic'
  | 'opaque-token'
  | 'package-token'
  | 'password'
  | 'path'
  | 'private-key'
  | 'service-token'
  | 'signature'
  | 'slack-token'
  | 'stack'
  | 'telegram-token'
  | 'token'
  | 'url-password'
  | 'webhook';

/** Findings of form; see the table in the README beside this file. */
export type ShapeKind =
  | 'accessor'
  | 'bigint'
  | 'binary'
  | 'converted'
  | 'cut-depth'
  | 'cut-key'
  | 'cut-nodes'
  | 'cut-size'
  | 'cut-string'
  | 'cycle'
  | 'date'
  | 'error'
  | 'lone-surrogate'
  | 'not-data'
  | 'non-finite'
  | 'proto-key'
  | 'python-repr'
  | 'unreadable';

/** What was found where, and how often. Holds nothing of the value: no part of it, no length, no hash. */
export interface RedactionFinding {
  readonly kind: SecretKind | ShapeKind;
  /** RFC 6901 pointer into the redacted value. */
  readonly pointer: string;
  readonly count: number;
}
