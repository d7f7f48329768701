import { useState } from 'preact/hooks';
import { hashOf } from '../model/route.js';
import { FindingList } from '../ui/finding-list.js';
import type { EventFields } from './event-fields.js';

/** A line in full, with what was found out about it. */
export function EventDetail({ event, ledger }: { readonly event: EventFields; readonly ledger: string }) {
  const { entry } = event;
  const full = entry.record === null ? (entry.raw ?? '') : JSON.stringify(entry.record, null, 2);
  const link = hashOf({ view: 'events', query: { ledger, at: entry.id } });
  return (
    <div class="event-detail">
      <div class="detail-actions">
        <CopyButton label="Copy line" text={entry.record === null ? (entry.raw ?? '') : JSON.stringify(entry.record)} />
        <CopyButton label="Copy link" text={new URL(link, location.href).href} />
        <a href={link}>Permalink</a>
        <span class="mute">
          {entry.dialect === null ? 'not recognised' : entry.dialect}
          {entry.version === null ? '' : `, ${entry.version}`}
          {entry.line === null ? '' : `, line ${entry.line}`}
        </span>
      </div>
      <FindingList findings={entry.findings} />
      <pre tabIndex={0} aria-label="The line in full">
        {full}
      </pre>
    </div>
  );
}

function CopyButton({ label, text }: { readonly label: string; readonly text: string }) {
  const [done, setDone] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setDone('Copied');
    } catch {
      setDone('The browser refused');
    }
    setTimeout(() => setDone(null), 2_000);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {done ?? label}
    </button>
  );
}
