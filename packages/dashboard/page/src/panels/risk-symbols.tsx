import { SchemaSection } from '../schema/schema-section.js';

/** Risk and volatility of every symbol, as the contract declares them. */
export function RiskSymbols() {
  return <SchemaSection surface="risk_snapshot" path={['symbols']} title="Symbols" />;
}
