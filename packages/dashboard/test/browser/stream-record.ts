import type { SurfaceReading } from '@hedge-telemetry/reader';
import type { Page } from 'playwright-core';

/** The page redraws a surface at most every 100 ms; this is a frame or two more. */
const REDRAW_MS = 140;

/** Notes in the page what the stream brought, so that a test can wait for it. To be called before the page is opened. */
export async function recordStream(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Record<string, string> = {};
    (globalThis as Record<string, unknown>)['seenSurfaces'] = seen;
    const Native = globalThis.EventSource;
    globalThis.EventSource = class extends Native {
      constructor(url: string | URL) {
        super(url);
        this.addEventListener('surface', (event: MessageEvent<string>) => {
          const { surface } = JSON.parse(event.data) as {
            surface: { name: string; state: string; timestamp: number | null; finding_count: number };
          };
          seen[surface.name] = `${surface.state} ${surface.timestamp ?? ''} ${surface.finding_count}`;
        });
      }
    };
  });
}

/** Waits until the page was sent every surface as the reader reads it, and has drawn it. */
export async function untilReceived(page: Page, readings: readonly SurfaceReading[]): Promise<void> {
  const wanted = readings.map(
    ({ surface, state, timestamp, findings }) => [surface, `${state} ${timestamp ?? ''} ${findings.length}`] as const,
  );
  await page.waitForFunction((signatures) => {
    const seen = (globalThis as unknown as { seenSurfaces: Record<string, string> }).seenSurfaces;
    return signatures.every(([name, signature]) => seen[name] === signature);
  }, wanted);
  await page.evaluate((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)), REDRAW_MS);
}
