import { registry } from '@hedge-telemetry/contract/writing';
import type { SurfaceName } from '@hedge-telemetry/contract';
import { createEncoders } from '@hedge-telemetry/contract/encoding';
import type { Encoder } from '@hedge-telemetry/contract/encoding';

const entries = Object.values(registry);
let encoders: ReadonlyMap<SurfaceName, Encoder> | null = null;

/** The encoder of a surface. All writers of a process share them. */
export function encoderOf(name: SurfaceName): Encoder {
  encoders ??= new Map(createEncoders(entries).map((encoder, index) => [entries[index]?.name as SurfaceName, encoder]));
  return encoders.get(name) as Encoder;
}
