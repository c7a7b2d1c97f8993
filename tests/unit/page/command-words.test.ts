import { expect, test } from 'vitest';
import { commandWords } from '#lib/page/command-words.ts';

test('known commands come first, in their own words; others in those of the browser', () => {
  expect(
    commandWords([
      { name: 'other', description: 'Something else', shortcut: 'Alt+1' },
      { name: 'unnamed', description: '' },
      { name: 'cancel-all', description: 'As the browser has it', shortcut: '' },
      { name: 'cancel-newest', shortcut: 'Ctrl+Shift+9' },
      { name: '_execute_action', description: '', shortcut: 'Alt+Shift+P' },
    ]),
  ).toEqual([
    { name: '_execute_action', words: 'Open Pullcord', shortcut: 'Alt+Shift+P' },
    { name: 'cancel-newest', words: 'Cancel the newest order', shortcut: 'Ctrl+Shift+9' },
    { name: 'cancel-all', words: 'Cancel all', hint: 'opens the popup with its dialog' },
    { name: 'other', words: 'Something else', shortcut: 'Alt+1' },
    { name: 'unnamed', words: 'unnamed' },
  ]);
});
