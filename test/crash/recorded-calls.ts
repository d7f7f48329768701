/** A file call that succeeded, as file-calls.c records it. */
export type RecordedCall =
  | {
      readonly call: 'open';
      readonly fd: number;
      readonly create: boolean;
      readonly truncate: boolean;
      readonly path: string;
    }
  | { readonly call: 'write'; readonly fd: number; readonly bytes: Buffer }
  | { readonly call: 'sync'; readonly fd: number }
  | { readonly call: 'rename'; readonly from: string; readonly to: string }
  | { readonly call: 'unlink'; readonly path: string }
  | { readonly call: 'mkdir'; readonly path: string };

const O_CREAT = 0o100;
const O_TRUNC = 0o1000;

/** Reads a record. */
export function recordedCalls(text: string): RecordedCall[] {
  return text.trimEnd().split('\n').map(recordedCall);
}

function recordedCall(line: string): RecordedCall {
  const [call, first = '', second = '', third = ''] = line.split('\t');
  switch (call) {
    case 'open': {
      const flags = Number(second);
      const [create, truncate] = [(flags & O_CREAT) !== 0, (flags & O_TRUNC) !== 0];
      return { call, fd: Number(first), create, truncate, path: third };
    }
    case 'write':
      return { call, fd: Number(first), bytes: Buffer.from(second, 'hex') };
    case 'sync':
      return { call, fd: Number(first) };
    case 'rename':
      return { call, from: first, to: second };
    case 'unlink':
    case 'mkdir':
      return { call, path: first };
    default:
      throw new Error(`not a recorded call: ${line.slice(0, 80)}`);
  }
}
