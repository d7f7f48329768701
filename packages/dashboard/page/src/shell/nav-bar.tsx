import { hashOf, route, views, viewTitles } from '../model/route.js';
import { useStore } from '../ui/use-store.js';

/** The views, with the key of each. */
export function NavBar() {
  const { view } = useStore(route);
  return (
    <nav class="views" aria-label="Views">
      {views.map((each, index) => (
        <a key={each} href={hashOf({ view: each })} aria-current={each === view ? 'page' : undefined}>
          {viewTitles[each]} <kbd aria-hidden="true">{index + 1}</kbd>
        </a>
      ))}
    </nav>
  );
}
