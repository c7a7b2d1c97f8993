import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import { commandWords, type CommandWords } from '#lib/page/command-words.ts';
import { t } from '#lib/words/text.ts';

/** The keyboard commands with the keys they have; read again when the user comes back from where keys are set. */
export function createCommands() {
  const commands = signal<readonly CommandWords[]>([]);
  /** Why the browser's own page did not open. */
  const problem = signal<string>();

  const read = async () => {
    commands.value = commandWords(await browser.commands.getAll());
  };
  void read();
  window.addEventListener('focus', () => void read());
  document.addEventListener('visibilitychange', () => void read());

  return {
    commands,
    problem,
    /** Opens the browser's own page for shortcuts: Firefox by a function of its own, Chromium by its address. */
    change: async () => {
      try {
        problem.value = undefined;
        const { openShortcutSettings } = browser.commands as Partial<typeof browser.commands>;
        await (openShortcutSettings?.() ??
          browser.tabs.create({ url: 'chrome://extensions/shortcuts' }));
      } catch {
        problem.value = t('options.no_shortcut_page');
      }
    },
  };
}
