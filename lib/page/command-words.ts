import { t } from '#lib/words/text.ts';

/** A keyboard command as the browser tells of it. */
export interface BrowserCommand {
  readonly name?: string;
  readonly description?: string;
  /** Empty or absent where none is set. */
  readonly shortcut?: string;
}

export interface CommandWords {
  readonly name: string;
  /** What it does. */
  readonly words: string;
  /** A further word where the room is there. */
  readonly hint?: string;
  readonly shortcut?: string;
}

const knownCommands = (): Record<string, Pick<CommandWords, 'words' | 'hint'>> => ({
  _execute_action: { words: t('command.open') },
  'cancel-newest': { words: t('command.newest') },
  'cancel-all': { words: t('command.all_short'), hint: t('command.all_hint') },
});

/** The commands in words, the known ones first. */
export function commandWords(commands: readonly BrowserCommand[]): readonly CommandWords[] {
  const known = knownCommands();
  const order = Object.keys(known);
  const placeOf = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return commands
    .map(({ name = '', description, shortcut }) => ({
      name,
      ...(known[name] ?? { words: description || name }),
      ...(shortcut && { shortcut }),
    }))
    .toSorted((a, b) => placeOf(a.name) - placeOf(b.name));
}
