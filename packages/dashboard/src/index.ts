export type * from './api/types.js';
export { DashboardOptionsError, startDashboard } from './server/dashboard.js';
export { ListenError } from './server/listen-error.js';
export type { Dashboard, DashboardOptions } from './server/dashboard.js';
export { alertRules } from './metrics/alerts.js';
export { grafanaDashboard } from './metrics/grafana.js';
