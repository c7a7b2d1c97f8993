import './keys-dialog.css';
import { useId, useRef } from 'preact/hooks';
import type { CommandWords } from '#lib/page/command-words.ts';
import { t, type Key } from '#lib/words/text.ts';
import { useModal } from '#components/shared/modal.ts';
import { Shortcut } from '#components/shared/Shortcut.tsx';

const isMac = /Mac/.test(navigator.userAgent);

/** What list-gestures.ts, row-focus.ts, SearchField.tsx and Tabs.tsx do. */
const keys: readonly (readonly [keys: readonly string[], words: Extract<Key, `keys.${string}`>])[] =
  [
    [['↓'], 'keys.into_list'],
    [['↑', '↓'], 'keys.order_to_order'],
    [['Home', 'End'], 'keys.ends'],
    [['→', '←'], 'keys.to_button'],
    [['Enter'], 'keys.cancel'],
    [[' '], 'keys.select'],
    [['Shift ↑', 'Shift ↓'], 'keys.select_on_way'],
    [[isMac ? '⌘ A' : 'Ctrl A'], 'keys.select_all'],
    [['Esc'], 'keys.escape'],
    [['?'], 'keys.these'],
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
        <h2 id={`${id}-title`}>{t('keys.title')}</h2>
        <dl class="keys">
          {keys.map(([names, words]) => (
            <div key={words}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name === ' ' ? t('keys.space') : name}</kbd>
                ))}
              </dt>
              <dd>{t(words)}</dd>
            </div>
          ))}
        </dl>
        {commands.length > 0 && (
          <>
            <h3>{t('keys.anywhere')}</h3>
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
          {t('keys.close')}
        </button>
      </div>
    </dialog>
  );
}
