import { useEffect, useState } from 'preact/hooks';
import { route, viewTitles } from './model/route.js';
import { stateWords } from './model/states.js';
import { worstState } from './model/surfaces.js';
import { Announcer } from './shell/announcer.js';
import { DemoBand } from './shell/environment.js';
import { Header } from './shell/header.js';
import { Help } from './shell/help.js';
import { watchKeys } from './shell/keys.js';
import { LostBand } from './shell/lost-band.js';
import { NavBar } from './shell/nav-bar.js';
import { useStore } from './ui/use-store.js';
import { View } from './views/view.js';

/** The whole page. */
export function App() {
  const [isHelp, setHelp] = useState(false);
  const shown = useStore(route);
  useEffect(() => watchKeys(() => setHelp(true)), []);
  const worst = useStore(worstState);
  useEffect(() => {
    const warning = worst === null || worst === 'fresh' ? '' : `${stateWords[worst].word} · `;
    document.title = `${warning}${shown.name ?? viewTitles[shown.view]} · hedge-telemetry`;
  }, [shown.view, shown.name, worst]);
  return (
    <>
      <a class="skip" href="#main" onClick={focusMain}>
        Skip to the view
      </a>
      <DemoBand />
      <Header onHelp={() => setHelp(true)} />
      <NavBar />
      <LostBand />
      <main id="main" tabIndex={-1} data-view={shown.view}>
        <h1 class="visually-hidden">{shown.name ?? viewTitles[shown.view]}</h1>
        <View route={shown} />
      </main>
      <Announcer />
      {isHelp ? <Help onClose={() => setHelp(false)} /> : null}
    </>
  );
}

function focusMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
