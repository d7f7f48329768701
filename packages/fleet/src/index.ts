export { createMemorySink } from './memory-sink.js';
export type { MemorySink, MemorySinkOptions } from './memory-sink.js';
export { isFleetName, NAME_RULE } from './names.js';
export type { ExecutorPlace } from './names.js';
export { createNatsSink } from './nats/nats-sink.js';
export type { NatsSinkOptions } from './nats/nats-sink.js';
export type { NatsPlace } from './nats/options.js';
export type { RemoteSyncReport } from './remote-report.js';
export { createRemoteSync } from './remote-sync.js';
export type { RemoteSync, RemoteSyncOptions } from './remote-sync.js';
export { SinkError } from './sink.js';
export type {
  Appender,
  RemoteSink,
  SinkRecord,
  SinkSession,
  SinkTrouble,
  StoredRecord,
  StreamPosition,
} from './sink.js';
