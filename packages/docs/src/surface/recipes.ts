import { pathText } from '../model/fields.js';
import { recipeField } from '../model/recipe-field.js';
import type { SurfaceDocs } from '../source.js';
import { blocks, fenced, heading } from '../text/markdown.js';

/** Copy-paste for jq, DuckDB, TypeScript and Python. */
export function recipesRegion(surface: SurfaceDocs): string {
  const { jq, sql, typescript, python } =
    surface.entry.kind === 'state' ? stateRecipes(surface) : ledgerRecipes(surface);
  return blocks(
    heading(2, 'Copy and paste', 'recipes'),
    'Run them beside the logs directory, or beside its mirror.',
    heading(3, 'jq', 'recipe-jq'),
    fenced('sh', jq),
    heading(3, 'DuckDB', 'recipe-duckdb'),
    fenced('sql', sql),
    heading(3, 'TypeScript', 'recipe-typescript'),
    fenced('ts', typescript),
    heading(3, 'Python', 'recipe-python'),
    fenced('python', python),
  );
}

/** Package that the TypeScript recipes import; this one does not. */
const READER = '@hedge-telemetry/reader';

interface Recipes {
  readonly jq: string;
  readonly sql: string;
  readonly typescript: string;
  readonly python: string;
}

function stateRecipes({ entry }: SurfaceDocs): Recipes {
  const file = `logs/${entry.file}`;
  const isArray = entry.root.kind === 'array';
  const field = recipeField(entry);
  const keys = field.path.filter((each) => each !== '*');
  const steps = keys.map((each) => `.${each}`).join('');
  const reading = `readings${keys.map((each) => `.${each}`).join('')}`;
  return {
    jq: isArray ? `jq '.[] | {symbol, ${keys.join(', ')}}' ${file}` : `jq '${steps}' ${file}`,
    sql: isArray
      ? `SELECT json ->> '$.symbol' AS symbol, json -> '$.${keys.join('.')}' AS ${keys.at(-1)}\nFROM read_json_objects('${file}', format = 'array');`
      : `SELECT json -> '$.${keys.join('.')}' AS ${keys.at(-1)}\nFROM read_json_objects('${file}', format = 'unstructured');`,
    typescript: isArray
      ? `import { createReader } from '${READER}';

const reader = createReader({ dir: 'logs' });
const { state, age_s, readings, findings } = await reader.read('${entry.name}');
console.log(state, age_s, findings.length);
for (const row of readings.value ?? []) console.log(row);`
      : `import { createReader } from '${READER}';

const reader = createReader({ dir: 'logs' });
const { state, age_s, readings, findings } = await reader.read('${entry.name}');
console.log(state, age_s, findings.length);
const { state: fieldState, value } = ${reading};
console.log('${pathText(field)}', fieldState, value);`,
    python: isArray
      ? `import json

with open("${file}", encoding="utf-8") as file:
    rows = json.load(file)
for row in rows:
    print(row["symbol"], row.get("${keys.join('"), row.get("')}"))`
      : `import json

with open("${file}", encoding="utf-8") as file:
    document = json.load(file)
value = document
for key in ${JSON.stringify(keys).replaceAll(',', ', ')}:
    value = value.get(key) if isinstance(value, dict) else None
print("${pathText(field)}:", "not reported" if value is None else value)`,
  };
}

function ledgerRecipes({ entry }: SurfaceDocs): Recipes {
  const file = `logs/${entry.file}`;
  const isGrouped = entry.root.tag !== undefined || entry.root.fields?.['symbol'] !== undefined;
  const key = entry.root.tag ?? (isGrouped ? 'symbol' : recipeField(entry).path.join('.'));
  const records = `FROM read_ndjson_objects('${file}', ignore_errors = true)\nWHERE json IS NOT NULL`;
  return {
    jq: `jq -R -c 'fromjson? | {ts, ${key}}' ${file}`,
    sql: isGrouped
      ? `SELECT json ->> '$.${key}' AS ${key}, count(*) AS records\n${records}\nGROUP BY ALL\nORDER BY records DESC;`
      : `SELECT json ->> '$.ts' AS ts, json ->> '$.${key}' AS ${key}\n${records};`,
    typescript: `import { createReader } from '${READER}';

const reader = createReader({ dir: 'logs' });
for await (const { record, findings } of reader.tail('${entry.name}')) {
  console.log(record?.ts, record?.${key}, findings.length);
}`,
    python: `import json

with open("${file}", encoding="utf-8", errors="replace") as file:
    for line in file:
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue  # a torn line
        print(record["ts"], record.get("${key}"))`,
  };
}
