import { fileAnswer } from '../server/files.js';
import type { Answer } from '../server/respond.js';

/** Where the stylesheet of the view that the server renders is served. */
export const STYLESHEET = '/server.css';

const CSS = `
.server-view { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 90rem; padding: 1rem; }
.server-view table { border-collapse: collapse; margin: 0.25rem 0 1rem; }
.server-view th, .server-view td { border-bottom: 1px solid #8884; padding: 0.15rem 0.75rem 0.15rem 0; text-align: left; vertical-align: top; }
.server-view .number { font-variant-numeric: tabular-nums; text-align: right; }
.server-view .scroll { overflow-x: auto; }
.server-view .banner { border: 3px solid #d55e00; font-weight: bold; padding: 0.5rem 1rem; }
.server-view .fresh { color: inherit; }
.server-view .stale, .server-view .skewed, .server-view .absent, .server-view .never { font-style: italic; }
.server-view .invalid, .server-view .unreadable, .server-view .worst { font-weight: bold; text-decoration: underline wavy #d55e00; }
`;

export function stylesheetAnswer(): Answer {
  return fileAnswer(Buffer.from(CSS.trimStart()), 'text/css; charset=utf-8');
}
