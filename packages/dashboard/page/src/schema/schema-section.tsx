import type { FieldNode } from '@hedge-telemetry/contract';
import { entriesOf, isKnown, numberOf, rowsOf, textOf } from '../model/reading.js';
import { stateWords } from '../model/states.js';
import { contract } from '../model/surfaces.js';
import { DataTable } from '../ui/data-table.js';
import type { Column } from '../ui/data-table.js';
import { StateMark } from '../ui/state-mark.js';
import { useStore } from '../ui/use-store.js';
import { useSurface } from '../ui/use-surface.js';
import type { SurfaceFields } from '../ui/use-surface.js';
import { FieldValue } from './field-value.js';
import { columnsOf, nodeAt } from './layout.js';

interface SchemaSectionProps {
  readonly surface: string;
  readonly path: readonly string[];
  readonly title?: string;
}

interface Row {
  readonly key: string;
  readonly row: unknown;
}

/** One list or map of a surface as a table, its columns taken from the contract. */
export function SchemaSection({ surface, path, title = path.join(' / ') }: SchemaSectionProps) {
  const fields = useSurface(surface);
  const root = useStore(contract).get(surface)?.root;
  const node = root === undefined ? undefined : nodeAt(root, path);
  if (node === undefined) return null;
  const reading = fields.at(...path);
  const pointer = `${surface}:/${path.join('/')}`;
  return (
    <div class="schema-section" data-pointer={pointer}>
      {title === '' ? null : <h3 title={node.description}>{title}</h3>}
      {isKnown(reading) ? (
        <Rows
          fields={fields}
          node={node}
          rows={rowsFrom(node, reading)}
          pointer={pointer}
          title={`${surface} ${title}`}
        />
      ) : (
        <p class="notice" data-of={pointer} data-state={reading.state}>
          <StateMark state={reading.state} />{' '}
          {(reading.state === 'absent' && fields.isSound ? (node.whenNull ?? node.whenAbsent) : undefined) ??
            stateWords[reading.state].meaning}
        </p>
      )}
    </div>
  );
}

function Rows({
  fields,
  node,
  rows,
  pointer,
  title,
}: {
  readonly fields: SurfaceFields;
  readonly node: FieldNode;
  readonly rows: readonly Row[];
  readonly pointer: string;
  readonly title: string;
}) {
  if (rows.length === 0) return <p class="notice mute">The document lists none.</p>;
  return (
    <DataTable
      caption={title}
      columns={tableColumns(fields, node, pointer)}
      rows={rows}
      rowKey={({ key }, index) => `${key} ${index}`}
    />
  );
}

function rowsFrom(node: FieldNode, reading: Parameters<typeof rowsOf>[0]): readonly Row[] {
  if (node.kind === 'map') return (entriesOf(reading) ?? []).map(([key, row]) => ({ key, row }));
  return (rowsOf(reading) ?? []).map((row, index) => ({ key: String(index), row }));
}

function tableColumns(fields: SurfaceFields, node: FieldNode, pointer: string): readonly Column<Row>[] {
  const declared = columnsOf(node).map(({ path, node: field }): Column<Row> => {
    const isNumber = field.type === 'number' || field.type === 'integer';
    const name = path.at(-1) ?? 'value';
    return {
      key: path.join('/') || 'value',
      title: path.length > 1 ? `${path.slice(0, -1).join('/')}/\u200b${name}` : name,
      help: field.description,
      unit: field.unit,
      numeric: isNumber && field.unit !== 'epoch_s',
      cell: ({ key, row }) => (
        <FieldValue
          reading={fields.of(row, ...path)}
          node={field}
          isSound={fields.isSound}
          of={`${pointer}/${key}/${path.join('/')}`}
          brief
        />
      ),
      sort: ({ row }) => (isNumber ? numberOf(fields.of(row, ...path)) : textOf(fields.of(row, ...path))),
    };
  });
  if (node.kind !== 'map') return declared;
  return [
    { key: ':key', title: node.keys?.split(',')[0] ?? 'key', cell: ({ key }) => key, sort: ({ key }) => key },
    ...declared,
  ];
}
