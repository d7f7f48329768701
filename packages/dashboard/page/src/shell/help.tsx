import { useEffect, useRef } from 'preact/hooks';
import { stateOrder, stateWords } from '../model/states.js';
import { StateMark } from '../ui/state-mark.js';
import { keyHelp } from './keys.js';

/** The keys, and what the seven states mean. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="help" ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <header>
        <h2 id="help-title">Keys and states</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <div class="help-body">
        <dl>
          {keyHelp.map(({ keys, does }) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {stateOrder.map((state) => (
            <div key={state}>
              <dt>
                <StateMark state={state} />
              </dt>
              <dd>{stateWords[state].meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
