import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The document around the view that the server renders. */
export interface PageShell {
  readonly before: string;
  readonly after: string;
  /** The page's scripts are part of it. */
  readonly isBuilt: boolean;
}

const APP = '<div id="app">';

/** The shell of the built page, with the server's own stylesheet; a plain one where the page was not built. */
export function readShell(pageDir: string, stylesheet: string): PageShell {
  const link = `<link rel="stylesheet" href="${stylesheet}">`;
  try {
    const html = readFileSync(join(pageDir, 'index.html'), 'utf8');
    const at = html.indexOf(APP);
    const head = html.indexOf('</head>');
    if (at !== -1 && head !== -1 && head < at) {
      return {
        before: `${html.slice(0, head)}${link}\n${html.slice(head, at)}${APP}`,
        after: html.slice(at + APP.length),
        isBuilt: true,
      };
    }
  } catch {
    // The page was not built: the view is readable without it.
  }
  const head = `<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>hedge-telemetry</title>\n${link}`;
  return {
    before: `<!doctype html>\n<html lang="en">\n<head>\n${head}\n</head>\n<body>\n${APP}`,
    after: '</div>\n</body>\n</html>\n',
    isBuilt: false,
  };
}
