import type { Command } from 'commander';
import { runnable } from './examples.js';

/** Columns that the help of the reference is set in. */
const WIDTH = 110;

const HEAD = `# The command line

<!-- Generated from the program: npm run docs -->

What \`--help\` says of every command.
`;

/** The help of the program and of each of its commands, as Markdown. */
export function cliReference(program: Command): string {
  const name = program.name();
  const sections = [
    section(name, program),
    ...[...runnable(program)].map(([path, each]) => section(`${name} ${path}`, each)),
  ];
  return `${HEAD}\n${sections.join('\n')}`;
}

function section(title: string, command: Command): string {
  return `## ${title}\n\n\`\`\`text\n${helpOf(command).trim()}\n\`\`\`\n`;
}

/** What `--help` prints, with what is added below it. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => WIDTH });
  command.outputHelp();
  return text;
}
