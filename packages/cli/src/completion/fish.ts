import { everyCommand } from './model.js';
import type { CompletionCommand, CompletionValue } from './model.js';

/** A script for fish: one line per option, argument and command, under the condition that the line is in that command. */
export function fishCompletion(program: string, model: CompletionCommand): string {
  const at = `__${program.replaceAll('-', '_')}_at`;
  const lines = [...everyCommand(model)].flatMap((each) => linesOf(program, at, each));
  return `# fish completion for ${program}; made by "${program} completion fish".
function ${at}
    set -l words (string match --invert -- '-*' (commandline -opc))[2..]
    set -l count (count $argv)
    test $count -eq 0
    or test "$argv" = "$words[1..$count]"
end

function ${at}_end
    set -l words (string match --invert -- '-*' (commandline -opc))[2..]
    test "$argv" = "$words"
end

complete -c ${program} -f
${lines.join('\n')}
`;
}

function linesOf(
  program: string,
  at: string,
  { path, options, commands, arguments: values }: CompletionCommand,
): string[] {
  const begin = `complete -c ${program}`;
  const here = quoted([at, ...path].join(' '));
  const end = quoted([`${at}_end`, ...path].join(' '));
  return [
    ...options.map(({ flags, description, value }) => {
      const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      return `${begin} -n ${here} ${names.join(' ')} -d ${quoted(description)}${value === null ? '' : valueOf(value)}`;
    }),
    ...commands.map((each) => `${begin} -n ${end} -a ${each.path.at(-1) ?? ''} -d ${quoted(each.description)}`),
    ...values.filter(({ kind }) => kind !== 'free').map((value) => `${begin} -n ${here}${argumentOf(value)}`),
  ];
}

function valueOf(value: CompletionValue): string {
  if (value.kind === 'file') return ' -r -F';
  return ` -x${value.kind === 'free' ? '' : argumentOf(value)}`;
}

function argumentOf({ kind, words }: CompletionValue): string {
  if (kind === 'words') return ` -a ${quoted(words.join(' '))}`;
  return kind === 'directory' ? " -a '(__fish_complete_directories)'" : ' -F';
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
