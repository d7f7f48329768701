import type { Finding } from '@hedge-telemetry/contract';
import { clipped } from '../model/format.js';

/** Findings in words: where, expected, got, and how to fix. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul class="findings">
      {findings.map((each, index) => (
        <li key={index} class={`finding finding-${each.level}`}>
          <FindingText finding={each} />
        </li>
      ))}
    </ul>
  );
}

/** One finding. */
export function FindingText({ finding }: { readonly finding: Finding }) {
  const { rule, level, message, pointer, line, expected, actual, fix } = finding;
  return (
    <>
      <strong class={`level tone-${level === 'error' ? 'bad' : level === 'warning' ? 'warn' : 'mute'}`}>{level}</strong>{' '}
      {pointer === null || pointer === '' || message.startsWith(pointer) ? null : <code>{pointer} </code>}
      {line === null ? null : `line ${line}: `}
      {sentence(message)}
      {expected === null && actual === null ? null : (
        <span class="mute">
          {' '}
          Expected {clipped(expected ?? 'nothing')}, got {clipped(actual ?? 'nothing')}.
        </span>
      )}
      {fix === null ? null : <span> {fix}</span>} <code class="rule">{rule}</code>
    </>
  );
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
