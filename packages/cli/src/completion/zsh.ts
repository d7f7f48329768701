import { everyCommand } from './model.js';
import type { CompletionCommand, CompletionOption, CompletionValue } from './model.js';

/** A script for zsh: a function per command, each of which hands the rest of the line to the one below it. */
export function zshCompletion(program: string, model: CompletionCommand): string {
  const functions = [...everyCommand(model)].map((each) => functionOf(program, each));
  const main = nameOf(program, model);
  return `#compdef ${program}
# zsh completion for ${program}; made by "${program} completion zsh".
${functions.join('\n')}
if [ "$funcstack[1]" = '${main}' ]; then
  ${main} "$@"
else
  compdef ${main} ${program}
fi
`;
}

function functionOf(program: string, command: CompletionCommand): string {
  const specs = command.options.flatMap(optionSpecs);
  return command.commands.length === 0 ? leaf(program, command, specs) : branch(program, command, specs);
}

function leaf(program: string, command: CompletionCommand, specs: readonly string[]): string {
  const values = command.arguments.map((value, index) =>
    quoted(`${index + 1}:${plain(value.name)}:${actionOf(value)}`),
  );
  return `${nameOf(program, command)}() {
  _arguments ${[...specs, ...values].join(' \\\n    ')}
}`;
}

function branch(program: string, command: CompletionCommand, specs: readonly string[]): string {
  const names = command.commands.map(({ path, description }) => quoted(`${path.at(-1) ?? ''}:${plain(description)}`));
  const cases = command.commands.map((each) => `        ${each.path.at(-1) ?? ''}) ${nameOf(program, each)} ;;`);
  return `${nameOf(program, command)}() {
  local state line
  typeset -A opt_args
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
    command)
      local -a commands=(
        ${names.join('\n        ')}
      )
      _describe -t commands command commands ;;
    rest)
      case $line[1] in
${cases.join('\n')}
      esac ;;
  esac
}`;
}

function optionSpecs({ flags, description, value }: CompletionOption): string[] {
  const behind = value === null ? '' : `:${plain(value.name)}:${actionOf(value)}`;
  return flags.map((flag) =>
    quoted(`${flag}${value !== null && flag.startsWith('--') ? '=' : ''}[${plain(description)}]${behind}`),
  );
}

function actionOf({ kind, words }: CompletionValue): string {
  if (kind === 'words') return `(${words.join(' ')})`;
  if (kind === 'directory') return '_files -/';
  return kind === 'file' ? '_files' : ' ';
}

function nameOf(program: string, { path }: CompletionCommand): string {
  return ['', program, ...path].join('_').replaceAll('-', '_');
}

function plain(text: string): string {
  return text.replaceAll(/[\\[\]:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
