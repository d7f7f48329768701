import { Component } from 'preact';
import type { ComponentChildren } from 'preact';

interface BoundaryProps {
  readonly title: string;
  readonly sources: readonly string[];
  readonly children: ComponentChildren;
}

interface BoundaryState {
  readonly error: string | null;
}

/** Keeps what goes wrong in a panel inside it, and names the surfaces that it shows. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null };

  static override getDerivedStateFromError(error: unknown): BoundaryState {
    return { error: error instanceof Error ? error.message : String(error) };
  }

  override render({ title, sources, children }: BoundaryProps, { error }: BoundaryState) {
    if (error === null) return children;
    return (
      <div class="panel-error" role="alert">
        <p>
          <strong>{title} cannot be shown.</strong> It is made from {sources.join(', ')}. The rest of the page stands.
        </p>
        <p class="mute">{error}</p>
        <button type="button" onClick={() => this.setState({ error: null })}>
          Try again
        </button>
      </div>
    );
  }
}
