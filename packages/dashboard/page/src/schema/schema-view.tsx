import { contract } from '../model/surfaces.js';
import { Tile, Tiles } from '../ui/tile.js';
import { useStore } from '../ui/use-store.js';
import { useSurface } from '../ui/use-surface.js';
import { FieldValue } from './field-value.js';
import { groupsOf, layoutOf } from './layout.js';
import { SchemaSection } from './schema-section.js';

/** Everything that a state surface declares, laid out from the contract alone: a new surface needs no code to be shown. */
export function SchemaView({ surface }: { readonly surface: string }) {
  const entry = useStore(contract).get(surface);
  const fields = useSurface(surface);
  if (entry === undefined) return <p class="notice mute">What the contract says of it is being loaded.</p>;
  const { leaves, rows } = layoutOf(entry.root);
  return (
    <>
      {groupsOf(leaves).map(({ title, leaves: group }) => (
        <div key={title}>
          {title === '' ? null : <h3>{title}</h3>}
          <Tiles>
            {group.map(({ path, node }) => (
              <Tile key={path.join('/')} label={path.at(-1) ?? ''} help={node.description}>
                <FieldValue
                  reading={fields.at(...path)}
                  node={node}
                  isSound={fields.isSound}
                  of={`${surface}:/${path.join('/')}`}
                />
              </Tile>
            ))}
          </Tiles>
        </div>
      ))}
      {rows.map(({ path }) => (
        <SchemaSection key={path.join('/')} surface={surface} path={path} title={path.join(' / ')} />
      ))}
    </>
  );
}
