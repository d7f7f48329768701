import { createInterface } from 'node:readline/promises';

import { LANGUAGES, ROLES } from './plan.js';
import type { Answers } from './plan.js';

/** What the command line gave already. */
export type Given = { readonly [K in keyof Answers]?: Answers[K] | undefined };

export const DEFAULTS: Answers = { role: 'both', language: 'js', logs: 'logs' };

/** Asks on the terminal for what was not given; an empty answer takes the default. Null where the questions were broken off. */
export async function ask(given: Given): Promise<Answers | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const choose = async <T extends string>(question: string, choices: readonly T[], preset: T): Promise<T> => {
    for (;;) {
      const answer = (await terminal.question(`${question} (${choices.join(', ')}) [${preset}] `)).trim();
      if (answer === '') return preset;
      const chosen = choices.find((each) => each === answer);
      if (chosen !== undefined) return chosen;
    }
  };
  try {
    const role = given.role ?? (await choose('What does this project do with telemetry?', ROLES, DEFAULTS.role));
    const language =
      given.language ??
      (role === 'reader'
        ? DEFAULTS.language
        : await choose('Which language is the executor in?', LANGUAGES, DEFAULTS.language));
    const answer = given.logs ?? (await terminal.question(`Where is its logs directory? [${DEFAULTS.logs}] `)).trim();
    return { role, language, logs: answer === '' ? DEFAULTS.logs : answer };
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return null;
    throw error;
  } finally {
    terminal.close();
  }
}
