/** One thing that can be found. */
export interface Entry {
  /** Address below the root of the site, its anchor included. */
  readonly url: string;
  /** What it is, as the results say it, e.g. Field or Rule. */
  readonly kind: string;
  readonly title: string;
  /** Title of its page. */
  readonly page: string;
  /** Other spellings. */
  readonly aliases: string;
  readonly unit: string;
  /** What it says, as the results show it. */
  readonly text: string;
  /** What else it is found by. */
  readonly more: string;
}

/** Global variable that the script of the index fills. */
export const INDEX_GLOBAL = 'hedgeTelemetryDocs';

/** File of the index, below the root of the site. */
export const INDEX_FILE = 'search-index.js';
