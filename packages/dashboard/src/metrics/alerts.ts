import { stateNames } from '@hedge-telemetry/contract';
import { MAX_LAG_S } from '../view/mirror.js';
import { metricDefinitions } from './definitions.js';

/** An alerting rule of Prometheus. */
interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly wait: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
  /** Metrics of the contract that the expression needs. */
  readonly needs?: readonly string[];
}

/** Surfaces without which an operator cannot tell how the account stands. */
const VITAL: readonly string[] = ['nav', 'positions', 'risk_snapshot'].filter((name) =>
  (stateNames as readonly string[]).includes(name),
);
const vital = `surface=~"${VITAL.join('|')}"`;

const alerts: readonly Alert[] = [
  {
    name: 'HedgeTelemetryDown',
    expr: 'absent(hedge_dashboard_start_timestamp_seconds)',
    wait: '1m',
    severity: 'critical',
    summary: 'No telemetry server is scraped.',
    description: 'Nothing is known of the executor. Look at the scrape target and at hedge-telemetry serve.',
  },
  {
    name: 'HedgeTelemetryStalled',
    expr: 'time() - hedge_dashboard_looked_timestamp_seconds > 30',
    wait: '30s',
    severity: 'critical',
    summary: 'The telemetry server has not looked at the files for {{ $value | humanizeDuration }}.',
    description: 'It answers, but what it tells is the past. Look at its log and at the disk; /healthz says 503.',
  },
  {
    name: 'HedgeSurfaceNotPublished',
    expr: `hedge_surface_state{state="never",${vital}} == 1`,
    wait: '2m',
    severity: 'critical',
    summary: '{{ $labels.surface }} was never published.',
    description: 'Its file does not exist. Look at the executor and at the mirror.',
  },
  {
    name: 'HedgeVitalSurfaceStale',
    expr: staleExpression(vital),
    wait: '1m',
    severity: 'critical',
    summary: '{{ $labels.surface }} is stale.',
    description:
      'The document is older than its stale_after, or of unknown age: what the account shows is the past. Look at the executor and at the mirror.',
  },
  {
    name: 'HedgeSurfaceStale',
    expr: staleExpression(vital.replace('=~', '!~')),
    wait: '5m',
    severity: 'warning',
    summary: '{{ $labels.surface }} is stale.',
    description: 'The document is older than its stale_after, or of unknown age.',
  },
  {
    name: 'HedgeSurfaceBroken',
    expr: 'hedge_surface_state{state=~"invalid|unreadable"} == 1',
    wait: '1m',
    severity: 'critical',
    summary: '{{ $labels.surface }} is {{ $labels.state }}.',
    description:
      'The document breaks the contract or cannot be read. hedge-telemetry show {{ $labels.surface }} --dir DIR says where.',
  },
  {
    name: 'HedgeSurfaceFromTheFuture',
    expr: 'hedge_surface_state{state="skewed"} == 1',
    wait: '1m',
    severity: 'warning',
    summary: '{{ $labels.surface }} is dated in the future.',
    description: 'The clocks of the executor and of this machine disagree, so that its age is not known.',
  },
  {
    name: 'HedgeLedgerStale',
    expr: 'time() - hedge_ledger_updated_timestamp_seconds > hedge_ledger_stale_after_seconds',
    wait: '5m',
    severity: 'warning',
    summary: '{{ $labels.ledger }} is stale.',
    description: 'No line was appended for longer than its stale_after.',
  },
  {
    name: 'HedgeLedgerUnreadable',
    expr: 'hedge_ledger_state{state="unreadable"} == 1',
    wait: '1m',
    severity: 'critical',
    summary: '{{ $labels.ledger }} cannot be read.',
    description: 'Its file is there, but cannot be opened. Look at its permissions.',
  },
  {
    name: 'HedgeLedgerInvalidLines',
    expr: 'increase(hedge_ledger_invalid_lines_total[15m]) > 0',
    wait: '0m',
    severity: 'warning',
    summary: '{{ $labels.ledger }} got lines that break the contract.',
    description: 'hedge-telemetry check DIR lists them.',
  },
  {
    name: 'HedgeRecordsQuarantined',
    expr: 'increase(hedge_surface_quarantined_records_total[15m]) > 0',
    wait: '0m',
    severity: 'warning',
    summary: 'Documents of {{ $labels.surface }} were quarantined.',
    description: 'The mirror keeps the last good copy, whose age goes on.',
  },
  {
    name: 'HedgeMirrorStopped',
    expr: 'time() - hedge_mirror_pass_timestamp_seconds > hedge_mirror_stale_after_seconds',
    wait: '30s',
    severity: 'critical',
    summary: 'The mirror has not finished a pass for {{ $value | humanizeDuration }}.',
    description: 'hedge-telemetry sync does not run, or hangs: what the dashboard shows is the past.',
  },
  {
    name: 'HedgeMirrorErrors',
    expr: 'hedge_mirror_ok == 0',
    wait: '5m',
    severity: 'warning',
    summary: 'The passes of the mirror end with errors.',
    description: 'Some file is not mirrored. findings in sync_report.json of the mirror say which and why.',
  },
  {
    name: 'HedgeMirrorSourceUnreadable',
    expr: 'hedge_mirror_pass_timestamp_seconds unless hedge_mirror_lag_seconds',
    wait: '1m',
    severity: 'critical',
    summary: 'The mirror cannot read its source.',
    description: 'It cannot tell how far it is behind. Look at the mount and at the permissions of the logs directory.',
  },
  {
    name: 'HedgeMirrorBehind',
    expr: `hedge_mirror_lag_seconds > ${MAX_LAG_S}`,
    wait: '1m',
    severity: 'critical',
    summary: 'The mirror is {{ $value | humanizeDuration }} behind.',
    description: 'The source holds something that the mirror does not. Look at hedge-telemetry sync.',
  },
  {
    name: 'HedgeRiskHalted',
    expr: 'hedge_risk_mode{state="HALTED"} == 1',
    wait: '0m',
    severity: 'critical',
    summary: 'The risk engine halted trading.',
    description: 'risk_mode_reason in risk_snapshot says why.',
    needs: ['hedge_risk_mode'],
  },
  {
    name: 'HedgeRiskDefensive',
    expr: 'hedge_risk_mode{state="DEFENSIVE"} == 1',
    wait: '1m',
    severity: 'warning',
    summary: 'The risk engine is defensive.',
    description: 'risk_mode_reason in risk_snapshot says why.',
    needs: ['hedge_risk_mode'],
  },
  limitAlert('HedgeDrawdownNearLimit', 'Drawdown', 'hedge_drawdown_ratio', 'hedge_drawdown_limit_ratio'),
  limitAlert('HedgeDailyLossNearLimit', 'Daily loss', 'hedge_daily_loss_ratio', 'hedge_daily_loss_limit_ratio'),
  limitAlert(
    'HedgePortfolioVarNearLimit',
    'Portfolio VaR',
    'hedge_portfolio_var_ratio',
    'hedge_portfolio_var_limit_ratio',
  ),
  {
    name: 'HedgeCircuitBreakerActive',
    expr: 'hedge_circuit_breaker_active == 1',
    wait: '0m',
    severity: 'critical',
    summary: 'The circuit breaker has tripped.',
    description: 'The drawdown of the portfolio went beyond max_portfolio_dd_frac.',
    needs: ['hedge_circuit_breaker_active'],
  },
  {
    name: 'HedgeNavSourcesFailed',
    expr: 'hedge_nav_sources_ok == 0',
    wait: '2m',
    severity: 'warning',
    summary: 'Balance sources did not answer.',
    description: 'NAV is computed from what was known before.',
    needs: ['hedge_nav_sources_ok'],
  },
  {
    name: 'HedgeRouterFallsBack',
    expr: 'hedge_router_fallback_ratio > 0.5',
    wait: '15m',
    severity: 'warning',
    summary: '{{ $value | humanizePercentage }} of maker orders fell back to taking.',
    description: 'Post-only orders are rejected or not filled. router_health lists the symbols.',
    needs: ['hedge_router_fallback_ratio'],
  },
];

/** The alerting rules of Prometheus, as YAML. Rules on metrics that the contract does not declare are left out. */
export function alertRules(): string {
  const declared = new Set(metricDefinitions.map(({ name }) => name));
  const rules = alerts.filter(({ needs = [] }) => needs.every((name) => declared.has(name)));
  return `# Generated by "hedge-telemetry export prometheus"; do not edit.\ngroups:\n  - name: hedge-telemetry\n    rules:\n${rules.map(ruleText).join('')}`;
}

function ruleText({ name, expr, wait, severity, summary, description }: Alert): string {
  return `      - alert: ${name}
        expr: ${quoted(expr)}
        for: ${wait}
        labels:
          severity: ${severity}
        annotations:
          summary: ${quoted(summary)}
          description: ${quoted(description)}
`;
}

/** As the server judges it: a document of unknown age is stale too. */
function staleExpression(selector: string): string {
  return `hedge_surface_state{state="stale",${selector}} == 1`;
}

function limitAlert(name: string, what: string, metric: string, limit: string): Alert {
  return {
    name,
    expr: `${metric} > 0.8 * (${limit} > 0)`,
    wait: '0m',
    severity: 'critical',
    summary: `${what} is {{ $value | humanizePercentage }}, more than 80 % of its limit.`,
    description: 'Beyond the limit the risk engine stops trading.',
    needs: [metric, limit],
  };
}

/** A YAML scalar in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
