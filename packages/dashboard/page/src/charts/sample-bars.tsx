/** How many samples stand behind each point of the chart above. */
export function SampleBars({ counts }: { readonly counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  return (
    <svg class="sample-bars" viewBox={`0 0 ${counts.length} 10`} preserveAspectRatio="none" aria-hidden="true">
      {counts.map((count, index) =>
        count === 0 ? null : (
          <rect key={index} x={index + 0.15} width="0.7" y={10 - (10 * count) / most} height={(10 * count) / most} />
        ),
      )}
    </svg>
  );
}
