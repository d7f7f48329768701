/** What a mirror keeps below its root beside what it mirrors: the report of its newest pass. */
export const SYNC_REPORT_FILE = 'sync_report.json';
