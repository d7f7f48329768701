import type { ComponentChildren } from 'preact';
import { Boundary } from './boundary.js';
import { LedgerChip, SurfaceChip } from './surface-chip.js';

interface PanelProps {
  readonly id: string;
  readonly title: string;
  readonly surfaces?: readonly string[];
  readonly ledgers?: readonly string[];
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the page with its title and the state of everything that it is made from. */
export function Panel({ id, title, surfaces = [], ledgers = [], actions, children }: PanelProps) {
  return (
    <section class="panel" aria-labelledby={`${id}-title`} data-panel={id}>
      <header class="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <div class="chips">
          {surfaces.map((name) => (
            <SurfaceChip key={name} name={name} />
          ))}
          {ledgers.map((name) => (
            <LedgerChip key={name} name={name} />
          ))}
        </div>
        {actions === undefined ? null : <div class="panel-actions">{actions}</div>}
      </header>
      <div class="panel-body">
        <Boundary title={title} sources={[...surfaces, ...ledgers]}>
          {children}
        </Boundary>
      </div>
    </section>
  );
}
