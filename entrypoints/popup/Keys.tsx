import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { KeysDialog } from '#components/popup/KeysDialog.tsx';
import { commandWords, type CommandWords } from '#lib/page/command-words.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import { t } from '#lib/words/text.ts';

/** The button “Keys”, and the list of them while it is open. */
export function Keys({ model }: { model: PopupModel }) {
  const { isKeysOpen, setKeysOpen } = model;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      setKeysOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [setKeysOpen]);
  return (
    <>
      <button
        type="button"
        class="icon-button keys-button"
        aria-label={t('keys.title')}
        title={t('keys.title')}
        aria-haspopup="dialog"
        onClick={() => setKeysOpen(true)}
      >
        ?
      </button>
      {isKeysOpen.value && <OpenKeys onClose={() => setKeysOpen(false)} />}
    </>
  );
}

/** The commands are read each time: the user may have changed their keys. */
function OpenKeys({ onClose }: { onClose: () => void }) {
  const [commands, setCommands] = useState<readonly CommandWords[]>([]);
  useEffect(() => {
    void browser.commands.getAll().then((all) => setCommands(commandWords(all)));
  }, []);
  return <KeysDialog commands={commands} onClose={onClose} />;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox')
  );
}
