import type { Example } from '../model/examples.js';
import type { SurfaceDocs } from '../source.js';
import { jsonText } from '../text/json.js';
import { blocks, code, fenced, heading, link } from '../text/markdown.js';

const SHOWN: readonly (readonly [word: string, title: string])[] = [
  ['minimal', 'Minimal: the required keys and nothing else'],
  ['typical', 'Typical'],
  ['nulls', 'Everything missing that may be'],
];

/** Three documents that the contract accepts; the tests validate them. */
export function examplesRegion({ examples }: SurfaceDocs): string {
  const others = examples.valid.filter(({ name }) => !SHOWN.some(([word]) => name === word));
  return blocks(
    heading(2, 'Examples', 'examples'),
    ...SHOWN.flatMap(([word, title]) => {
      const found = examples.valid.find(({ name }) => name === word);
      return found === undefined
        ? []
        : [heading(3, title, `example-${word}`), fenced('json', jsonText(found.document))];
    }),
    others.length === 0 ? '' : `More: ${others.map(exampleLink).join(', ')}.`,
  );
}

function exampleLink({ file, name }: Example): string {
  return link(code(name), `../../schemas/examples/${file}`);
}
