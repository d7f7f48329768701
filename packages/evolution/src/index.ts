export { loadSchemas, type Schema, type SchemaFile, type SchemaSet } from './tree/load.js';
export {
  definitions,
  kebab,
  nullableRef,
  properties,
  resolveRef,
  typeModule,
  typeName,
  type Target,
} from './tree/resolve.js';
export { transform, walk } from './tree/walk.js';
