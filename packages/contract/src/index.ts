export { contentAge, documentTime, freshnessAt, freshUntil, judgeAge } from './age.js';
export type { Aging, Judged } from './age.js';
export { convert, majorsOf } from './convert.js';
export type { Converted } from './convert.js';
export { deriveFields } from './derive.js';
export type { Derived } from './derive.js';
export { exportedMetric } from './exported-metric.js';
export type { ExportedMetric } from './exported-metric.js';
export { childNode } from './field-node.js';
export { finding, hasErrors, placed, show } from './finding.js';
export type { Finding, FindingDetails } from './finding.js';
export { interpret } from './interpret.js';
export type { Documents, Interpretation } from './interpret.js';
export { isWithinDepth, MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_LINE_BYTES, parseJson } from './json.js';
export type { Parsed } from './json.js';
export { SYNC_REPORT_FILE } from './mirror-files.js';
export { epochSeconds } from './migrations/values.js';
export { normalise } from './normalise.js';
export type { Converter, Normalised } from './normalise.js';
export { fraction, isPercentage, normalizePercentage, percentPoints, toFraction, toPercentPoints } from './percent.js';
export type { Percentage } from './percent.js';
export { segment, segments, valueAt, valuesAt } from './pointer.js';
export { isKnown } from './reading.js';
export type { KnownReading, Reading, ReadingState, UnknownReading } from './reading.js';
export { documentReadings, uniformReadings } from './readings.js';
export type { FieldReadings, Freshness } from './readings.js';
export { recognise } from './recognise.js';
export type { Form, Recognised } from './recognise.js';
export { isLedgerName, isStateName, ledgerNames, registry, stateNames, surfaceOfFile } from './registry.js';
export type {
  AgeSource,
  DerivedField,
  DialectEntry,
  FieldNode,
  LedgerName,
  LedgerRecords,
  MajorEntry,
  Shape,
  StateDocuments,
  StateName,
  SurfaceEntry,
  SurfaceName,
  SurfaceReadings,
} from './registry.js';
export { ruleIds, rules } from './rules.js';
export type { Level, RuleId } from './rules.js';
export { validateDialect, validateMajor, validateReaderView } from './validate.js';
export { validateWriterView } from './validate-writer-view.js';
export type * from '../generated/surfaces.js';
