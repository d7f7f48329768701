export { fraction, percentPoints } from '@hedge-telemetry/contract/writing';
export type { Finding, LedgerName, Percentage, StateName } from '@hedge-telemetry/contract';
export type { Appendable, Publishable } from './publishable.js';
export { lockStatus } from './disk/lock-status.js';
export type { LockStatus } from './disk/lock-status.js';
export type { LedgerStats, SurfaceStats, WriterStats } from './stats.js';
export { createWriter } from './writer.js';
export type { FlushOptions, QueueOptions, WriterOptions } from './options.js';
export type { AppendResult, FlushResult, PublishResult, Writer } from './writer.js';
