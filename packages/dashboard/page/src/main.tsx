import { render } from 'preact';
import { App } from './app.js';
import { startAnnouncing } from './model/announce.js';
import { startClock } from './model/clock.js';
import { applyPreferences } from './model/prefs.js';
import { watchRoute } from './model/route.js';
import { openStream } from './model/stream.js';
import { worstState } from './model/surfaces.js';

applyPreferences();
matchMedia('(prefers-color-scheme: light)').addEventListener('change', applyPreferences);
watchRoute();
startClock();
startAnnouncing();
openStream();

/** What the server drew stays until there is something newer to show. */
const stop = worstState.watch(() => {
  stop();
  const host = document.getElementById('app');
  if (host === null) return;
  document.querySelector('link[rel="stylesheet"][href="/server.css"]')?.remove();
  host.replaceChildren();
  render(<App />, host);
});
