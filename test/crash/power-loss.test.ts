import { expect, it } from 'vitest';
import { losePower, machines } from './power-loss.js';
import { seededRandom } from '../random.js';
import { settings } from './settings.js';
import { builtWriter } from './writer-copy.js';

it.for(machines)(
  'state files are whole and what was flushed durably is there after the power failed under $title',
  { timeout: Infinity },
  async (machine, { skip }) => {
    if (settings.powerLosses === 0) return skip('TELEMETRY_POWER_LOSSES says how often the power is to fail');
    const result = await losePower(machine, builtWriter, settings.powerLosses, seededRandom(settings.seed));
    if ('unavailable' in result) return skip(result.unavailable);
    console.log(
      `${machine.title}: ${settings.powerLosses} power losses, ${result.records} records left whole, ` +
        `${result.tornPlaces} torn places between them; seed ${settings.seed}`,
    );
    expect(result.violations).toEqual([]);
    expect(result.records).toBeGreaterThan(0);
  },
);
