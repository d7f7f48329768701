/** The document around the view that the server renders. */
export interface PageShell {
  readonly before: string;
  readonly after: string;
}

const APP = '<div id="app">';

/**
 * The shell of the built page (its `index.html`) with the server's own stylesheet; a plain one where the page was not
 * built, or where a file that it names is not served: a build may be replaced while it is read.
 */
export function shellOf(built: string | null, stylesheet: string, isServed: (url: string) => boolean): PageShell {
  const link = `<link rel="stylesheet" href="${stylesheet}">`;
  const at = built?.indexOf(APP) ?? -1;
  const head = built?.indexOf('</head>') ?? -1;
  if (built !== null && at !== -1 && head !== -1 && head < at && namedIn(built).every(isServed)) {
    return {
      before: `${built.slice(0, head)}${link}\n${built.slice(head, at)}${APP}`,
      after: built.slice(at + APP.length),
    };
  }
  const plain = `<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>hedge-telemetry</title>\n${link}`;
  return {
    before: `<!doctype html>\n<html lang="en">\n<head>\n${plain}\n</head>\n<body>\n${APP}`,
    after: '</div>\n</body>\n</html>\n',
  };
}

/** The addresses of the files that the built page names. */
function namedIn(built: string): string[] {
  return [...built.matchAll(/\b(?:src|href)="\.?(\/[^"]+)"/g)].map(([, url = '']) => url);
}
