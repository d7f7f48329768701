import { segments, valueAt } from '@hedge-telemetry/contract';
import { parseTree, visit } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';

interface Edit {
  readonly node: Node;
  readonly text: string;
}

/** True where an object of the text names a key twice, of which parsing keeps one only. */
export function hasRepeatedKeys(text: string, value: unknown): boolean {
  if (isSameText(text, value)) return false;
  const open: Set<string>[] = [];
  let repeated = false;
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (key) => {
      const keys = open.at(-1);
      if (keys?.has(key) === true) repeated = true;
      keys?.add(key);
    },
  });
  return repeated;
}

/**
 * The text with the strings at some pointers replaced by those of `value`; every other character is as it was. Null
 * where there is no such string, or a key on the way to it is not the one of the text.
 */
export function withStrings(text: string, value: unknown, pointers: readonly string[]): string | null {
  const root = parseTree(text);
  const edits: Edit[] = [];
  for (const pointer of pointers) {
    const node = nodeAt(root, pointer);
    const replacement = valueAt(value, pointer);
    if (node?.type !== 'string' || typeof replacement !== 'string') return null;
    edits.push({ node, text: JSON.stringify(replacement) });
  }
  let result = '';
  let at = 0;
  for (const { node, text: replacement } of edits.toSorted((one, other) => one.node.offset - other.node.offset)) {
    result += text.slice(at, node.offset) + replacement;
    at = node.offset + node.length;
  }
  return result + text.slice(at);
}

/** What JSON.stringify gives back holds no key twice; it is what most writers write. */
function isSameText(text: string, value: unknown): boolean {
  try {
    const again = JSON.stringify(value);
    return text.startsWith(again) && text.length - again.length <= 2;
  } catch {
    return false;
  }
}

function nodeAt(root: Node | undefined, pointer: string): Node | undefined {
  let node = root;
  for (const key of segments(pointer)) {
    if (node?.type === 'array') node = node.children?.[Number(key)];
    else node = node?.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1];
  }
  return node;
}
