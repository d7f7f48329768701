import type { ExchangeError } from './exchange-error.js';
import type { Random } from './random.js';
import { createRouting } from './routing.js';
import type { Routing } from './routing.js';
import { createShadow } from './shadow.js';
import type { Shadow } from './shadow.js';

/** Errors of one kind since the process started. */
export interface ErrorCount {
  readonly component: string;
  readonly symbol: string | null;
  count: number;
  lastError: string;
  /** Seconds since 1970. */
  lastAt: number;
}

/** An order that a gate stopped. */
export interface GateStop {
  /** Seconds since 1970. */
  readonly at: number;
  readonly gate: string;
  readonly symbol: string;
  readonly reason: string;
}

/** One life of the executor: what it counts starts at nothing. */
export interface ProcessRun {
  readonly runId: string;
  readonly pid: number;
  readonly routing: Routing;
  readonly shadow: Shadow;
  readonly errors: readonly ErrorCount[];
  readonly stops: readonly GateStop[];
  countError(error: ExchangeError, symbol: string | null, at: number): void;
  noteStop(stop: GateStop): void;
}

const MAX_STOPS = 50;

/** A process with a new pid and run id. */
export function startProcess(random: Random): ProcessRun {
  const errors: ErrorCount[] = [];
  const stops: GateStop[] = [];
  return {
    runId: uuid(random),
    pid: Math.floor(random.between(300, 32_000)),
    routing: createRouting(),
    shadow: createShadow(),
    errors,
    stops,
    countError: (error, symbol, at) => {
      const known = errors.find((each) => each.component === error.component && each.symbol === symbol);
      if (known === undefined) {
        errors.push({ component: error.component, symbol, count: 1, lastError: error.message, lastAt: at });
        return;
      }
      known.count += 1;
      known.lastError = error.message;
      known.lastAt = at;
    },
    noteStop: (stop) => {
      stops.push(stop);
      if (stops.length > MAX_STOPS) stops.shift();
    },
  };
}

function uuid(random: Random): string {
  const variant = '89ab'.charAt(Math.floor(random.next() * 4));
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${variant}${random.hex(3)}-${random.hex(12)}`;
}
