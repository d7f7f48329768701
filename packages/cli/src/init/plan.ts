import { registry } from '@hedge-telemetry/contract';

/** What the project does with telemetry. */
export type Role = 'writer' | 'reader' | 'both';
export const ROLES: readonly Role[] = ['writer', 'reader', 'both'];

export type Language = 'js' | 'python';
export const LANGUAGES: readonly Language[] = ['js', 'python'];

/** What is to be set up. */
export interface Answers {
  readonly role: Role;
  /** Language of the executor; readers are in JavaScript. */
  readonly language: Language;
  /** Logs directory, relative to the project. */
  readonly logs: string;
}

/** A file to be written from a template; what stands between underscores in the template is put in. */
export interface PlannedFile {
  readonly path: string;
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The files that fit the answers, and the packages that they import. */
export interface Plan {
  readonly files: readonly PlannedFile[];
  readonly packages: readonly string[];
}

export function planFor({ role, language, logs }: Answers): Plan {
  const writes = role !== 'reader';
  const publish = language === 'python' ? 'publish.py' : 'publish.mjs';
  const run = language === 'python' ? 'python3 telemetry/publish.py' : 'node telemetry/publish.mjs';
  const values = { LOGS: logs, RUN: writes ? run : 'node telemetry/read.mjs' };
  return {
    files: [
      ...(writes ? [{ path: `telemetry/${publish}`, template: publish, values }] : []),
      ...(role === 'writer' ? [] : [{ path: 'telemetry/read.mjs', template: 'read.mjs', values }]),
      { path: '.github/workflows/telemetry.yml', template: 'telemetry.yml', values },
    ],
    packages: [
      '@hedge-telemetry/contract',
      ...(writes && language === 'js' ? ['@hedge-telemetry/writer'] : []),
      ...(role === 'writer' ? [] : ['@hedge-telemetry/reader']),
    ],
  };
}

/** An association of files with a schema, as editors that read `json.schemas` take it. */
export interface SchemaAssociation {
  readonly fileMatch: readonly string[];
  readonly url: string;
}

/** Has an editor check every state file below the logs directory against its schema below `schemas`. */
export function associations(logs: string, schemas: string): SchemaAssociation[] {
  return Object.values(registry)
    .filter(({ kind }) => kind === 'state')
    .map(({ name, file }) => ({ fileMatch: [`/${logs}/${file}`], url: `./${schemas}/${name}.schema.json` }));
}
