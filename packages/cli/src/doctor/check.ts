/** One thing that was looked at: a line of the report, as `doctor_report` of `schemas/records/` has it. */
export interface Check {
  /** Stable id. */
  readonly check: string;
  /** What was looked at; null for the machine as a whole. */
  readonly subject: string | null;
  /** failed: telemetry is wrong or will be lost. warning: needs a look. skipped: could not be looked at. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly why: string;
  /** The command, or else the step, that mends it; null where nothing is to be mended. */
  readonly fix: string | null;
}

/** Makes the lines of one check. */
export interface CheckLines {
  ok(subject: string | null, why: string): Check;
  warning(subject: string | null, why: string, fix: string): Check;
  failed(subject: string | null, why: string, fix: string): Check;
  skipped(subject: string | null, why: string, fix?: string): Check;
}

/** The lines of the check with this id. */
export function linesOf(check: string): CheckLines {
  return {
    ok: (subject, why) => ({ check, subject, status: 'ok', why, fix: null }),
    warning: (subject, why, fix) => ({ check, subject, status: 'warning', why, fix }),
    failed: (subject, why, fix) => ({ check, subject, status: 'failed', why, fix }),
    skipped: (subject, why, fix) => ({ check, subject, status: 'skipped', why, fix: fix ?? null }),
  };
}

/** A path as a shell takes it. */
export function shellPath(path: string): string {
  const text = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The code of a system error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
