import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { fileText, putFile } from '../draft/write-new.js';
import type { Put } from '../draft/write-new.js';
import type { SchemaAssociation } from './plan.js';

/** Adds associations to `.vscode/settings.json`. Other settings stay; a file that is no plain JSON is left alone. */
export async function addAssociations(project: string, added: readonly SchemaAssociation[]): Promise<Put> {
  const file = path.join(project, '.vscode/settings.json');
  const text = await textOf(file);
  if (text === null) return putFile(file, fileText({ 'json.schemas': added }));
  const settings = parsed(text);
  if (settings === null)
    return { file, outcome: 'kept', reason: 'it has comments or is no JSON; add json.schemas to it by hand' };
  const present = Array.isArray(settings['json.schemas']) ? (settings['json.schemas'] as SchemaAssociation[]) : [];
  const known = new Set(present.map(({ url }) => url));
  const missing = added.filter(({ url }) => !known.has(url));
  if (missing.length === 0) return { file, outcome: 'unchanged', reason: null };
  return putFile(file, fileText({ ...settings, 'json.schemas': [...present, ...missing] }), true);
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
