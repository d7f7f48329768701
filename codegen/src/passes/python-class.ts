/** A key of a TypedDict. */
export interface Field {
  readonly key: string;
  readonly type: string;
  readonly required: boolean;
  /** Meaning, unit, and what None and absence mean, in one line. */
  readonly documentation: string;
}

const WIDTH = 100;
const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/**
 * The TypedDict of an object. Python 3.10 has no NotRequired, so that required keys stand in a base class of their own;
 * an object with a key that is no identifier is written in the functional form.
 */
export function classLines(name: string, documentation: readonly string[], fields: readonly Field[]): string[] {
  if (fields.some(({ key }) => !isIdentifier(key))) return functional(name, fields);
  const required = fields.filter((each) => each.required);
  const optional = fields.filter((each) => !each.required);
  const text = docstring(documentation, fields);
  if (optional.length === 0) return [declaration(name, 'TypedDict', text, required)];
  if (required.length === 0) return [declaration(name, 'TypedDict, total=False', text, optional)];
  const base = `_${name}Required`;
  return [declaration(base, 'TypedDict', [], required), declaration(name, `${base}, total=False`, text, optional)];
}

function declaration(name: string, bases: string, text: readonly string[], fields: readonly Field[]): string {
  const lines = fields.map(({ key, type }) => `    ${key}: ${type}\n`);
  return [`class ${name}(${bases}):\n`, ...text, ...(lines.length === 0 ? ['    pass\n'] : lines)].join('');
}

function functional(name: string, fields: readonly Field[]): string[] {
  const form = (suffix: string, total: boolean): string => {
    const kept = fields.filter(({ required }) => required === total);
    const members = kept.map(({ key, type }) => `        ${JSON.stringify(key)}: ${JSON.stringify(type)},\n`).join('');
    return `${name}${suffix} = TypedDict(\n    "${name}${suffix}",\n    {\n${members}    },\n    total=${total ? 'True' : 'False'},\n)\n`;
  };
  if (fields.every(({ required }) => required)) return [form('', true)];
  if (fields.every(({ required }) => !required)) return [form('', false)];
  return [
    form('Required', true),
    form('Optional', false),
    `class ${name}(${name}Required, ${name}Optional):\n    pass\n`,
  ];
}

function docstring(documentation: readonly string[], fields: readonly Field[]): string[] {
  const said = documentation.flatMap((each) => wrapped(each, '    ', '    '));
  const told = fields.flatMap(({ key, documentation: text }) => wrapped(`${key}: ${text}`, '      ', '        '));
  const [first = '', ...rest] = [...said, ...(told.length > 0 ? ['', '    Keys:', ...told] : [])];
  return [`    """${first.trimStart()}\n`, ...rest.map((line) => `${line}\n`), '    """\n\n'];
}

function wrapped(text: string, indent: string, hanging: string): string[] {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of text.replaceAll('\\', '\\\\').replaceAll('"""', "'''").split(/\s+/)) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = hanging;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

function isIdentifier(key: string): boolean {
  return /^[A-Za-z_]\w*$/.test(key) && !KEYWORDS.has(key) && !/^__.*[^_]$|^__$/.test(key);
}
