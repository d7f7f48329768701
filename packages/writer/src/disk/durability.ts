/**
 * What a state file survives. `fast`: the end of the process. `atomic`: a power loss, whole, though perhaps one version
 * back. `durable`: a power loss, with the version that was written last.
 */
export type DurabilityMode = 'fast' | 'atomic' | 'durable';
