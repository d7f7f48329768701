import type { ComponentChildren } from 'preact';

interface TileProps {
  readonly label: string;
  /** What the figure is measured over, or what stands behind it. */
  readonly note?: ComponentChildren;
  readonly large?: boolean;
  readonly help?: string;
  readonly children: ComponentChildren;
}

/** One figure with its name. */
export function Tile({ label, note, large = false, help, children }: TileProps) {
  return (
    <div class={large ? 'tile tile-large' : 'tile'}>
      <dt title={help}>{label}</dt>
      <dd>{children}</dd>
      {note === undefined || note === null ? null : <dd class="tile-note">{note}</dd>}
    </div>
  );
}

/** A group of figures. */
export function Tiles({ children }: { readonly children: ComponentChildren }) {
  return <dl class="tiles">{children}</dl>;
}
