import type { Command } from 'commander';

/** One command line for each command, without the program's name. */
const examples: Readonly<Record<string, string>> = {
  check: 'check logs',
  show: 'show nav --dir logs',
  tail: 'tail events --dir logs --follow',
  sync: 'sync --from logs --to mirror --once',
  publish: 'publish nav --dir logs < nav.json',
  append: 'append events --dir logs < events.jsonl',
  migrate: 'migrate logs --to latest --out migrated',
  serve: 'serve --dir mirror --port 8787',
  export: 'export duckdb --dir logs | duckdb',
  demo: 'demo --seconds 30',
  'fleet mirror': 'fleet mirror --servers nats://127.0.0.1:4222 --env paper --to fleet',
  'fleet provision': 'fleet provision --servers nats://127.0.0.1:4222 --executor exec-1 --env paper',
  'fleet status': 'fleet status --servers nats://127.0.0.1:4222 --env paper',
  'schema diff': 'schema diff nav',
  'schema release': 'schema release --dry-run',
  'schema usage': 'schema usage logs',
  watch: 'watch logs --for 60 --fail-on error,stale',
  doctor: 'doctor logs --server nats://127.0.0.1:4222',
  explain: 'explain dd_frac',
  init: 'init . --yes --role reader --logs logs',
  infer: 'infer logs --out drafts',
  'add-surface': 'add-surface equity --from logs/state/equity.json',
  docs: 'docs --check',
  completion: 'completion bash > ~/.local/share/bash-completion/completions/hedge-telemetry',
};

/** Puts its example below the help of every command. */
export function addExamples(program: Command): void {
  for (const [path, command] of runnable(program)) {
    const example = examples[path];
    if (example !== undefined) command.addHelpText('after', `\nExample:\n  $ ${program.name()} ${example}`);
  }
}

/** The commands that do something, by their path below the program. */
export function* runnable(command: Command, path = ''): Generator<[string, Command]> {
  for (const each of command.commands) {
    const at = path === '' ? each.name() : `${path} ${each.name()}`;
    if (each.commands.length === 0) yield [at, each];
    else yield* runnable(each, at);
  }
}
