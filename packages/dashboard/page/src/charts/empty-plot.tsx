/** Stands where a chart has nothing to draw. */
export function EmptyPlot({ height }: { readonly height: number }) {
  return (
    <svg class="empty-plot" width="100%" height={Math.min(height, 90)} aria-hidden="true">
      <text x="50%" y="50%" text-anchor="middle" dominant-baseline="middle">
        nothing to draw
      </text>
    </svg>
  );
}
