/** Moves the focus between the rows of a table body: up, down, home, end. */
export function moveRow(event: KeyboardEvent, body: HTMLElement | null): void {
  const row = event.target instanceof Element ? event.target.closest('tr') : null;
  if (body === null || row === null || event.target !== row) return;
  const rows = [...body.querySelectorAll<HTMLElement>(':scope > tr[tabindex]')];
  const next = rows[targetIndex(event.key, rows.indexOf(row), rows.length)];
  if (next === undefined) return;
  event.preventDefault();
  for (const each of rows) each.tabIndex = each === next ? 0 : -1;
  next.focus();
}

function targetIndex(key: string, current: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
