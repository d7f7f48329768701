/** Mirrors a fleet until it is killed; prints a line when it begins. */
import { createFleetMirror } from '@hedge-telemetry/fleet';

const [servers, to] = process.argv.slice(2);

createFleetMirror({ servers, to }).start();
console.log('started');
