import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

/** One thing that a schema file gets wrong. */
export interface Problem {
  /** Path below schemas/. */
  readonly file: string;
  /** JSON pointer to the schema at fault. */
  readonly pointer: string;
  readonly message: string;
}

/** What a rule of the lint sees: one schema, where it stands, and the whole. */
export interface Place {
  readonly set: SchemaSet;
  readonly file: SchemaFile;
  readonly schema: Schema;
  readonly pointer: string;
}

/** A rule of the lint: what it says of a schema, one message per problem. */
export type Rule = (place: Place) => readonly string[];
