export { createFleetMirror } from './fleet-mirror/fleet-mirror.js';
export type { FleetMirror, FleetMirrorOptions, FleetMirrorReport } from './fleet-mirror/fleet-mirror.js';
export type { FleetEntry } from './fleet-reader/fleet-entry.js';
export { createFleetReader } from './fleet-reader/fleet-reader.js';
export type { FleetChange, FleetReader, FleetReaderOptions, FleetStatus } from './fleet-reader/fleet-reader.js';
export type { Presence, PresenceState } from './fleet-reader/presence-board.js';
export { HEADER } from './headers.js';
export type { LedgerPosition } from './ledger/position.js';
export { createMemorySink } from './memory-sink.js';
export type { MemorySink, MemorySinkOptions } from './memory-sink.js';
export { eventStream, eventSubject, isFleetName, NAME_RULE } from './names.js';
export type { ExecutorPlace } from './names.js';
export { createNatsSink } from './nats/nats-sink.js';
export type { NatsSinkOptions } from './nats/nats-sink.js';
export type { NatsPlace } from './nats/options.js';
export { probeServer } from './nats/probe.js';
export type { ServerFacts } from './nats/probe.js';
export type { RemoteSyncReport } from './remote-report.js';
export { provisionFleet } from './provision-fleet.js';
export type { Provisioned, ProvisionOptions } from './provision-fleet.js';
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
