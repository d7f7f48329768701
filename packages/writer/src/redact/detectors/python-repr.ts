const HINT = /[(<]|^(?:nan|-?inf|None)$/;
const REPR = new RegExp(
  [
    String.raw`^(?:nan|-?inf|None)$`,
    String.raw`\bDecimal\('`,
    String.raw`\bFraction\(-?\d`,
    String.raw`\b(?:datetime\.)?(?:datetime|date|time|timedelta)\((?:\d|days=|seconds=)`,
    String.raw`\bTimestamp\('`,
    String.raw`\b(?:OrderedDict|defaultdict|Counter|deque|frozenset)\(`,
    String.raw`\b(?:np|numpy)\.(?:float|int|bool|str)\w{0,8}\(`,
    String.raw`\b(?:array|UUID|PosixPath|WindowsPath)\(['\[]`,
    String.raw`<[\w.]{1,100} object at 0x[0-9a-fA-F]{4,16}>`,
    String.raw`<(?:class '|function |bound method |built-in |module '|coroutine object |generator object |_io\.)`,
    String.raw`<[\w.]{1,100}: ['\d]`,
  ].join('|'),
);

/** True where a text is, or holds, what Python's repr() gives for an object. */
export function holdsPythonRepr(text: string): boolean {
  return HINT.test(text) && REPR.test(text);
}

/** True where a text is, from end to end, what Python's repr() gives for an object. */
export function isPythonRepr(text: string): boolean {
  const whole = text.trim();
  const found = HINT.test(whole) ? REPR.exec(whole) : null;
  return found?.index === 0 && (found[0].length === whole.length || /[)>]$/.test(whole));
}
