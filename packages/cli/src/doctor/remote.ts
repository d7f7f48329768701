import { probeServer, SinkError } from '@hedge-telemetry/fleet';
import type { NatsPlace, ServerFacts } from '@hedge-telemetry/fleet';
import { linesOf } from './check.js';
import type { Check } from './check.js';

/** Oldest server that has what the fleet needs. */
const SERVER = { major: 2, minor: 9 };

/** Whether the server answers, is new enough, and has JetStream. Rejects with a RangeError where the address is none. */
export async function checkServer(place: NatsPlace): Promise<Check[]> {
  const subject = String(place.servers);
  try {
    return judgeServer(subject, await probeServer(place));
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    const { hostname, port } = new URL(subject.split(',')[0] ?? '');
    const fix = error.code === 'denied' ? 'give --creds <file>' : `nc -vz ${hostname} ${port === '' ? '4222' : port}`;
    return [linesOf('server').failed(subject, error.message, fix)];
  }
}

/** Judges what a server says of itself. */
export function judgeServer(
  subject: string,
  { version, jetStream, jetStreamTrouble, roundTripMs }: ServerFacts,
): Check[] {
  const reached = linesOf('server').ok(subject, `answers after ${roundTripMs.toFixed(1)} ms`);
  const versions = linesOf('server-version');
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const isEnough = major > SERVER.major || (major === SERVER.major && minor >= SERVER.minor);
  const stream = linesOf('jetstream');
  return [
    reached,
    isEnough
      ? versions.ok(subject, `version ${version}`)
      : versions.failed(
          subject,
          `version ${version}, at least ${SERVER.major}.${SERVER.minor} is needed`,
          'update nats-server',
        ),
    jetStream
      ? stream.ok(subject, 'JetStream answers')
      : stream.failed(
          subject,
          `JetStream does not answer: ${jetStreamTrouble ?? ''}`,
          'nats-server --jetstream --store_dir <dir>',
        ),
  ];
}
