// Reads a JSON array of AsyncAPI documents (texts) from stdin and prints, for each, what the parser finds. A process of its
// own: under the test runner's conditions the parser's dependencies resolve to modules that do not fit together.
import { text } from 'node:stream/consumers';
import { Parser } from '@asyncapi/parser';

const documents = JSON.parse(await text(process.stdin));
const faults = [];
for (const document of documents) {
  const { diagnostics } = await new Parser().parse(document);
  faults.push(diagnostics.map(({ code, message, path }) => ({ code, message: `at ${path.join('/')}: ${message}` })));
}
process.stdout.write(JSON.stringify(faults));
