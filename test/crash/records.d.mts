export type Ledger = 'events' | 'risk_vetoes';
export type Surface = 'nav' | 'positions' | 'synced_state';
export const ledgers: readonly Ledger[];
export const surfaces: readonly Surface[];
export const VERSIONS_PER_LIFE: number;
export function record(ledger: Ledger, life: number, seq: number): object;
export function markOf(ledger: Ledger, parsed: unknown): { readonly life: number; readonly seq: number } | null;
export function document(surface: Surface, version: number): object;
export function versionOf(surface: Surface, parsed: unknown): number | null;
