/** How many letters must be put in, taken out, replaced or swapped with their neighbour to make one text of the other. */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = above;
    above = current;
  }
  return above[other.length] ?? 0;
}

/** The names that a misspelt one may stand for, nearest first. */
export function nearest(text: string, names: Iterable<string>, limit: number): string[] {
  const wanted = text.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 4));
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase(), allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((one, next) => one.distance - next.distance || (one.name < next.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** A name that holds the text as a whole is as near as the farthest misspelling. */
function distanceTo(wanted: string, name: string, allowed: number): number {
  if (wanted.length >= 3 && name.includes(wanted)) return Math.min(allowed, editDistance(wanted, name));
  return Math.abs(wanted.length - name.length) > allowed ? Infinity : editDistance(wanted, name);
}
