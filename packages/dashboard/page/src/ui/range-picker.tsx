import { prefer, preferences } from '../model/prefs.js';
import { rangeNames, ranges } from '../model/time.js';
import { Segmented } from './segmented.js';
import { useStore } from './use-store.js';

/** The one time range of the page. */
export function RangePicker() {
  const { range } = useStore(preferences);
  return (
    <Segmented
      label="Time range of the page"
      options={ranges}
      names={rangeNames}
      value={range}
      onChange={(next) => prefer({ range: next })}
    />
  );
}
