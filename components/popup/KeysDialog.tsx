import './keys-dialog.css';
import { useId, useRef } from 'preact/hooks';
import type { CommandWords } from '#lib/page/command-words.ts';
import { useModal } from '#components/shared/modal.ts';
import { Shortcut } from '#components/shared/Shortcut.tsx';

const isMac = /Mac/.test(navigator.userAgent);

/** What list-gestures.ts, row-focus.ts, SearchField.tsx and Tabs.tsx do. */
const keys: readonly (readonly [keys: readonly string[], words: string])[] = [
  [['↓'], 'From “Find order” into the list'],
  [['↑', '↓'], 'From order to order'],
  [['Home', 'End'], 'To the first or the last order'],
  [['→', '←'], 'To the order’s button, and back'],
  [['Enter'], 'On the button: cancel the order'],
  [['Space'], 'Select the order'],
  [['Shift ↑', 'Shift ↓'], 'Select on the way'],
  [[isMac ? '⌘ A' : 'Ctrl A'], 'Select all shown, without protective orders'],
  [['Esc'], 'Clear the search or the selection, then leave the list, then close'],
  [['?'], 'These keys'],
];

/** The popup's keys, and the keys that work in the whole browser. */
export function KeysDialog({
  commands,
  onClose,
}: {
  commands: readonly CommandWords[];
  onClose: () => void;
}) {
  const id = useId();
  const close = useRef<HTMLButtonElement>(null);
  const dialog = useModal(close);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, wherever the focus is
    <dialog
      ref={dialog}
      class="modal keys-dialog"
      aria-labelledby={`${id}-title`}
      onCancel={(event) => event.preventDefault()}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== '?') return;
        // Left to the browser it would close the popup as well.
        event.preventDefault();
        onClose();
      }}
    >
      <div class="keys-body">
        <h2 id={`${id}-title`}>Keys</h2>
        <dl class="keys">
          {keys.map(([names, words]) => (
            <div key={words}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        {commands.length > 0 && (
          <>
            <h3>Anywhere in the browser</h3>
            <dl class="keys">
              {commands.map(({ name, words, shortcut }) => (
                <div key={name}>
                  <dt>
                    <Shortcut keys={shortcut} />
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
        <button ref={close} type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </dialog>
  );
}
