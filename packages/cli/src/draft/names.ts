/** `realized_pnl` and `realizedPnl` as words: "realized pnl". */
function parts(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '');
}

/** The name of a field as the beginning of a sentence. */
export function sentence(name: string): string {
  const text = parts(name).join(' ').toLowerCase();
  return text === '' ? 'Value' : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The name of a type. */
export function pascal(name: string): string {
  const text = parts(name)
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
  return /^[A-Z]/.test(text) ? text : `Value${text}`;
}

/** The name of one of many. */
export function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  return /[^s]s$/.test(name) ? name.slice(0, -1) : `${name}_item`;
}
