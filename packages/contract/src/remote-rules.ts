/** What can be found while telemetry is carried to a remote sink; part of the catalogue of rules. */
export const remoteRules = {
  'remote-unreachable': {
    level: 'error',
    title: 'The remote sink cannot be reached or does not answer.',
    fix: 'Check the address, the network and the server; the files on this host wait, and nothing is lost.',
  },
  'remote-denied': {
    level: 'error',
    title: 'The remote sink does not let this user in, or not do this.',
    fix: 'Check the credentials file, and the permissions of its user against docs/fleet.md.',
  },
  'remote-not-provisioned': {
    level: 'error',
    title: 'The remote sink has no stream or bucket for this executor.',
    fix: 'Run hedge-telemetry fleet provision with an operator who may make streams.',
  },
  'remote-rejected': {
    level: 'error',
    title: 'The remote sink refuses what is sent.',
    fix: 'See what it says: it may be out of space; the files on this host wait.',
  },
  'remote-conflict': {
    level: 'error',
    title: 'The remote sink holds something else than expected, again and again.',
    fix: 'Look for a second process that syncs under this executor name.',
  },
  'remote-kept-newer': {
    level: 'warning',
    title: 'The document is older than the one that the remote sink holds, which was kept.',
    fix: 'Look at what put an older file in place, at a second host with this name, and at the clock of the writer.',
  },
  'remote-payload-too-large': {
    level: 'error',
    title: 'The record is larger than the remote sink takes; only its place was sent.',
    fix: 'Write smaller records, or raise max_payload of the server.',
  },
  'remote-secret': {
    level: 'error',
    title: 'A secret was found before the record left this host.',
    fix: 'Find out what put it there, and replace the key: it lies in the file.',
  },
  'remote-gap': {
    level: 'error',
    title: 'The ledger generation that was sent last is gone from this host; lines of it may never have been sent.',
    fix: 'Keep rotated segments until they are sent; see what removed, truncated or rewrote the ledger.',
  },
  'remote-diverged': {
    level: 'error',
    title: 'The remote sink holds lines that this ledger does not hold any more; they stay there.',
    fix: 'What stands here behind the last line that both hold was sent after them; see what rewrote or restored the ledger.',
  },
  'remote-mirror-diverged': {
    level: 'error',
    title: 'The mirrored ledger is not what the stream holds; nothing is added to it.',
    fix: 'See what else writes there; move the ledger away, and it is built anew from what the stream still holds.',
  },
  'remote-rolled-back': {
    level: 'warning',
    title: 'The remote sink had lost records that it had confirmed; they were sent again.',
    fix: 'Look at what befell the server: a restored store, a power failure, sync_interval.',
  },
  'sync-identity-clash': {
    level: 'error',
    title: 'SYNC_IDENTITY_CLASH: another sync goes by this executor name; nothing is sent any more.',
    fix: 'Give each host a name of its own. To go on under this one: stop the other, then sync with --take-over.',
  },
} as const;
