import { everyCommand } from './model.js';
import type { CompletionCommand, CompletionValue } from './model.js';

/** A script for bash, also version 3.2: which command the line is in, then what may stand where the cursor is. */
export function bashCompletion(program: string, model: CompletionCommand): string {
  const name = `_${program.replaceAll('-', '_')}`;
  return `# bash completion for ${program}; made by "${program} completion bash".
${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' count=0 skip='' word i
  if [ "$cur" = '=' ]; then cur=''
  elif [ "$prev" = '=' ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [ -n "$skip" ]; then [ "$word" = '=' ] || skip=''; continue; fi
    case "$path $word" in
${casesOf(model, valueOptions, 'skip=1')}
      *' -'* | *' =') ;;
${casesOf(model, subcommands, 'path="${path:+$path/}$word"')}
      *) count=$((count + 1)) ;;
    esac
  done
  local kind=''
  case "$path $prev" in
${optionCases(model)}
  esac
  if [ -z "$kind" ]; then
    case "$cur" in
      -*)
        case "$path" in
${[...everyCommand(model)].map((each) => `          '${each.path.join('/')}') kind='${flagsOf(each).join(' ')}' ;;`).join('\n')}
        esac ;;
      *)
        case "$path $count" in
${argumentCases(model)}
        esac ;;
    esac
  fi
  local IFS=$' \\n'
  case "$kind" in
    '' | :free) COMPREPLY=() ;;
    :directory) IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$cur")); compopt -o filenames 2>/dev/null ;;
    :file) IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null ;;
    *) COMPREPLY=($(compgen -W "$kind" -- "$cur")) ;;
  esac
}
complete -F ${name} ${program}
`;
}

/** A pattern of a case: where in the line, and the word that stands there. */
function casesOf(
  model: CompletionCommand,
  of: (command: CompletionCommand) => readonly string[],
  does: string,
): string {
  const patterns = [...everyCommand(model)].flatMap((each) =>
    of(each).map((word) => `'${each.path.join('/')} ${word}'`),
  );
  return patterns.map((pattern) => `      ${pattern}) ${does} ;;`).join('\n');
}

function valueOptions({ options }: CompletionCommand): string[] {
  return options.filter(({ value }) => value !== null).flatMap(({ flags }) => [...flags]);
}

function subcommands({ commands }: CompletionCommand): string[] {
  return commands.map(({ path }) => path.at(-1) ?? '');
}

function flagsOf({ options }: CompletionCommand): string[] {
  return options.flatMap(({ flags }) => [...flags]);
}

function optionCases(model: CompletionCommand): string {
  const cases = [...everyCommand(model)].flatMap(({ path, options }) =>
    options.flatMap(({ flags, value }) =>
      value === null ? [] : flags.map((flag) => `    '${path.join('/')} ${flag}') kind='${kindOf(value)}' ;;`),
    ),
  );
  return cases.join('\n');
}

function argumentCases(model: CompletionCommand): string {
  const cases = [...everyCommand(model)].flatMap((each) => {
    const at = each.path.join('/');
    if (each.commands.length > 0) return [`          '${at} 0') kind='${subcommands(each).join(' ')}' ;;`];
    return each.arguments.map((value, index) => `          '${at} ${index}') kind='${kindOf(value)}' ;;`);
  });
  return cases.join('\n');
}

function kindOf({ kind, words }: CompletionValue): string {
  return kind === 'words' ? words.join(' ') : `:${kind}`;
}
