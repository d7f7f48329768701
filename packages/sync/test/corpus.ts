import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Directory of the corpora; they are not part of the repository and may be absent. */
export const corpus = resolve(repository, process.env['TELEMETRY_CORPUS'] ?? '../shared/corpus');
