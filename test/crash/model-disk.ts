import path from 'node:path';
import type { RecordedCall } from './recorded-calls.js';

/** A file of the model: what was written to it, and how much of that is known to be on disk. */
interface ModelFile {
  content: Buffer;
  synced: number;
}

/** A change of names. */
interface NameChange {
  readonly directory: string;
  apply(names: Map<string, ModelFile>): void;
}

/** A directory of files as a crash may leave it, one file at a time. */
export interface ModelDisk {
  /** Does what a recorded call did. */
  play(call: RecordedCall): void;
  /** What `file` may hold after a power loss at this point, in Latin-1, each possibility once; null stands for no file. */
  afterPowerLoss(file: string): readonly (string | null)[];
  /** What `file` holds after the process ends at this point. */
  afterKill(file: string): string | null;
}

/**
 * A file system with an ordered journal of names: after a power loss the changes of names up to some point have happened,
 * at the least those in directories that were synced since. Of bytes that were not synced any number may be there, or
 * zeros in their place.
 */
export function createModelDisk(): ModelDisk {
  const files = new Map<string, ModelFile>();
  const open = new Map<number, { readonly path: string; readonly file: ModelFile | null }>();
  const changes: NameChange[] = [];
  let durable = 0;

  function change(directory: string, apply: NameChange['apply']): void {
    changes.push({ directory, apply });
    apply(files);
  }

  function opened({ fd, path: file, create, truncate }: RecordedCall & { call: 'open' }): void {
    if (create && !files.has(file)) {
      const made: ModelFile = { content: Buffer.alloc(0), synced: 0 };
      change(path.dirname(file), (names) => names.set(file, made));
    }
    const found = files.get(file) ?? null;
    if (truncate && found !== null) Object.assign(found, { content: Buffer.alloc(0), synced: 0 });
    open.set(fd, { path: file, file: found });
  }

  function sync(fd: number): void {
    const { file, path: directory } = open.get(fd) ?? { file: null, path: '' };
    if (file !== null) file.synced = file.content.length;
    const last = changes.findLastIndex((each) => each.directory === directory);
    if (file === null) durable = Math.max(durable, last + 1);
  }

  return {
    play(call) {
      if (call.call === 'open') opened(call);
      else if (call.call === 'sync') sync(call.fd);
      else if (call.call === 'mkdir') change(path.dirname(call.path), () => undefined);
      else if (call.call === 'unlink') change(path.dirname(call.path), (names) => names.delete(call.path));
      else if (call.call === 'rename') change(path.dirname(call.to), (names) => moveName(names, call));
      else append(open.get(call.fd)?.file, call.bytes);
    },
    afterPowerLoss(file) {
      const names = new Map<string, ModelFile>();
      for (const each of changes.slice(0, durable)) each.apply(names);
      const found = new Set([names.get(file)]);
      for (const each of changes.slice(durable)) {
        each.apply(names);
        found.add(names.get(file));
      }
      return [...found].flatMap((each) => (each === undefined ? [null] : remnantsOf(each)));
    },
    afterKill: (file) => files.get(file)?.content.toString('latin1') ?? null,
  };
}

function moveName(names: Map<string, ModelFile>, { from, to }: { readonly from: string; readonly to: string }): void {
  const file = names.get(from);
  names.delete(from);
  if (file !== undefined) names.set(to, file);
}

function append(file: ModelFile | null | undefined, bytes: Buffer): void {
  if (file) file.content = Buffer.concat([file.content, bytes]);
}

/** None of the bytes that were not synced, half of them, zeros in their place, or all. */
function remnantsOf({ content, synced }: ModelFile): string[] {
  const text = content.toString('latin1');
  if (synced === content.length) return [text];
  const kept = text.slice(0, synced);
  const half = text.slice(0, Math.floor((synced + text.length) / 2));
  return [kept, half, kept.padEnd(text.length, '\0'), text];
}
