/** What the headers of our records are called. */
export const HEADER = {
  /** Fingerprint of the ledger generation: of its first line. */
  generation: 'Tlm-Generation',
  /** Fingerprint of the generation before it. */
  previous: 'Tlm-Previous',
  /** Byte offset of the line in its generation. */
  offset: 'Tlm-Offset',
  /** Bytes of the line in the ledger, its newline included. */
  length: 'Tlm-Length',
  /** Fingerprint of the line. */
  line: 'Tlm-Line',
  /** Host and directory that it comes from. */
  source: 'Tlm-Source',
  /** Process that holds the presence. */
  instance: 'Tlm-Instance',
  /** Name of the machine of that process. */
  host: 'Tlm-Host',
  /** Rule of the finding on the line. */
  finding: 'Tlm-Finding',
  /** Why the payload is not what the ledger holds: `secret` or `too-large` (it is empty), `redacted` (parts are replaced). */
  withheld: 'Tlm-Withheld',
  /** A record without a line: it says where the ledger stands. */
  bookmark: 'Tlm-Bookmark',
  /** Schema of a state document. */
  schema: 'Tlm-Schema',
  sha256: 'Tlm-Sha256',
  /** The document's own timestamp, in seconds since 1970. */
  time: 'Tlm-Time',
} as const;
