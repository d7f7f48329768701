import { prefer, preferences } from '../model/prefs.js';
import type { Preferences } from '../model/prefs.js';
import { useStore } from '../ui/use-store.js';

const themes: Readonly<Record<Preferences['theme'], string>> = { system: 'System theme', dark: 'Dark', light: 'Light' };
const palettes: Readonly<Record<Preferences['palette'], string>> = {
  safe: 'Blue / vermillion',
  classic: 'Green / red',
};

/** Theme, palette, and the keys. */
export function Settings({ onHelp }: { readonly onHelp: () => void }) {
  const { theme, palette } = useStore(preferences);
  return (
    <span class="settings">
      <select
        aria-label="Theme"
        value={theme}
        onChange={(event) => prefer({ theme: event.currentTarget.value as Preferences['theme'] })}
      >
        {Object.entries(themes).map(([value, name]) => (
          <option key={value} value={value} selected={value === theme}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label="Palette"
        value={palette}
        onChange={(event) => prefer({ palette: event.currentTarget.value as Preferences['palette'] })}
      >
        {Object.entries(palettes).map(([value, name]) => (
          <option key={value} value={value} selected={value === palette}>
            {name}
          </option>
        ))}
      </select>
      <button type="button" class="help-button" aria-label="Keys" title="Keys (?)" onClick={onHelp}>
        ?
      </button>
    </span>
  );
}
