import { ledgerNames, stateNames } from '@hedge-telemetry/contract';
import type { Argument, Command, Option } from 'commander';
import { ledgerArgument, surfaceArgument } from '../options.js';
import { failConditions, failOnOption } from '../watch/fail-on.js';

/** What a value may be: one of some words, a path, or something that nobody can guess. */
export type ValueKind = 'words' | 'directory' | 'file' | 'free';

/** What stands for an argument, or behind an option. */
export interface CompletionValue {
  readonly name: string;
  readonly kind: ValueKind;
  readonly words: readonly string[];
}

export interface CompletionOption {
  /** With its dashes, the long form first. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Null where the option takes none. */
  readonly value: CompletionValue | null;
}

/** A command and what may stand behind it. */
export interface CompletionCommand {
  /** Names from the program down; empty for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly CompletionOption[];
  readonly arguments: readonly CompletionValue[];
  readonly commands: readonly CompletionCommand[];
}

/** The words of a value by the function that checks it. */
const wordsOf = new Map<unknown, readonly string[]>([
  [surfaceArgument, stateNames],
  [ledgerArgument, ledgerNames],
  [failOnOption, failConditions],
]);

/** What the program and its commands take, as commander knows it. */
export function completionModel(command: Command, path: readonly string[] = []): CompletionCommand {
  const help = command.createHelp();
  help.showGlobalOptions = true;
  const options = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
  return {
    path,
    description: command.description(),
    options: options.map(ofOption),
    arguments: command.registeredArguments.map(ofArgument),
    commands: command.commands.map((each) => completionModel(each, [...path, each.name()])),
  };
}

/** A command and everything below it. */
export function* everyCommand(command: CompletionCommand): Generator<CompletionCommand> {
  yield command;
  for (const each of command.commands) yield* everyCommand(each);
}

function ofOption(option: Option): CompletionOption {
  const { long, short, description, required, optional, argChoices, parseArg, flags } = option;
  const name = /[<[](.+?)[>\]]/.exec(flags)?.[1] ?? '';
  return {
    flags: [long, short].filter((each) => each !== undefined && each !== null),
    description,
    value: required || optional ? valueOf(name, argChoices, parseArg) : null,
  };
}

function ofArgument(argument: Argument): CompletionValue {
  return valueOf(argument.name(), argument.argChoices, argument.parseArg);
}

function valueOf(name: string, choices: readonly string[] | undefined, parse: unknown): CompletionValue {
  const words = choices ?? wordsOf.get(parse);
  if (words !== undefined) return { name, kind: 'words', words };
  const kind = /^dir\b/.test(name) ? 'directory' : name === 'file' ? 'file' : 'free';
  return { name, kind, words: [] };
}
