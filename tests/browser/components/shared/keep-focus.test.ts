import { beforeEach, describe, expect, test } from 'vitest';
import { keepFocus } from '#components/shared/keep-focus.ts';

keepFocus();

const html = `
  <button id="away">Away</button>
  <main>
    <section id="accounts"><h2 id="title">Accounts</h2>
      <ul><li id="item"><button id="remove">Remove</button></li><li><button id="other">Remove</button></li></ul></section>
    <section><div hidden><input></div><input id="find"><p id="row"><button id="cancel">Cancel</button></p></section>
  </main>`;

beforeEach(() => {
  document.body.innerHTML = html;
});

const get = (id: string) => document.getElementById(id);
/** Once the page has heard of it. */
const focused = () => Promise.resolve().then(() => document.activeElement?.id);

describe('where the keyboard is, after what had it has gone', () => {
  test.each([
    ['on the heading of its part', 'remove', 'item', 'title'],
    ['where its part has no heading, in its first field that is there', 'cancel', 'row', 'find'],
    ['where its part has gone too, in what is left', 'remove', 'accounts', 'find'],
    ['where it was, if it was elsewhere', 'other', 'item', 'other'],
  ])('%s', async (_, at, gone, expected) => {
    get(at)?.focus();
    get(gone)?.remove();
    expect(await focused()).toBe(expected);
  });

  test('where somebody has put it', async () => {
    get('remove')?.focus();
    get('item')?.remove();
    get('away')?.focus();
    expect(await focused()).toBe('away');
  });

  test('nowhere, where a click had taken it away', async () => {
    get('remove')?.focus();
    get('remove')?.blur();
    document.body.click();
    get('item')?.remove();
    expect(await focused()).toBe('');
  });

  test('in what comes a moment later, if nothing is there yet', async () => {
    get('remove')?.focus();
    document.body.innerHTML = '';
    expect(await focused()).toBe('');
    document.body.innerHTML = html;
    expect(await focused()).toBe('title');
  });
});

test('a heading that had it is no place for a press again', async () => {
  get('remove')?.focus();
  get('item')?.remove();
  await focused();
  expect(get('title')?.tabIndex).toBe(-1);
  expect(get('title')?.hasAttribute('tabindex')).toBe(true);
  get('away')?.focus();
  expect(get('title')?.hasAttribute('tabindex')).toBe(false);
});
