import type { Hub } from '../hub/hub.js';
import type { Streams } from '../server/stream.js';

export function metricsText(hub: Hub, streams: Streams): string {
  return `# ${hub.reads()} ${streams.count()}\n`;
}
