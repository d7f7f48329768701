import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { completionModel } from '../completion/model.js';
import type { CompletionCommand } from '../completion/model.js';
import { zshCompletion } from '../completion/zsh.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import type { Terminal } from '../terminal.js';

export type Shell = 'bash' | 'zsh' | 'fish';

const scripts: Readonly<Record<Shell, (program: string, model: CompletionCommand) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `completion SHELL`: a script that completes the commands, options and names of the program. */
export function completion(shell: Shell, program: Command, terminal: Terminal): Promise<ExitCode> {
  terminal.draw(scripts[shell](program.name(), completionModel(program)));
  return Promise.resolve(exitCodes.clean);
}
