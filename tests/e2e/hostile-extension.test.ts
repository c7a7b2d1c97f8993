import type { Page } from '@playwright/test';
import type { LookupId } from '#lib/domain/lookup.ts';
import { emptyView } from '#lib/protocol/view.ts';
import { foundOf, lookupOf } from '#tests/unit/page/lookup/lookup-world.ts';
import { accountOf } from '#tests/unit/support/view-world.ts';
import { everyRequest } from '#tests/e2e/support/every-request.ts';
import { launchExtension } from '#tests/e2e/support/extension.ts';
import { test as base } from '#tests/e2e/support/own-browser.ts';
import { makeStranger, type Stranger } from '#tests/e2e/support/stranger.ts';
import { expect } from '#tests/e2e/support/test.ts';
import { isWritten, writeView } from '#tests/e2e/support/written-view.ts';

/** Another extension in the same browser, with every permission: what it can send, open, read and put under a click. */

const test = base.extend<{ stranger: Stranger; attacker: Page }>({
  stranger: async ({}, use) => {
    const stranger = await makeStranger();
    await use(stranger);
    await stranger.remove();
  },
  extension: async ({ stranger }, use) => {
    const extension = await launchExtension({ beside: stranger.folder });
    await use(extension);
    await extension.close();
  },
  attacker: async ({ extension, stranger }, use) => {
    const page = await extension.context.newPage();
    await page.goto(stranger.page);
    await use(page);
  },
});

test('it is not answered, and gets into no page of ours', async ({
  attacker,
  extension,
  listed,
  popup,
  sandbox,
}) => {
  const { id } = await listed('btcturk');
  const accounts = await popup.page.evaluate(() => chrome.storage.session.get('view.accounts'));
  const accountId = /"id":"([^"]+)"/.exec(JSON.stringify(accounts).replaceAll('\\', ''))?.[1];

  const answers = await attacker.evaluate(sendAll, {
    to: new URL(extension.url('popup.html')).hostname,
    messages: everyRequest(accountId ?? '', id),
  });
  expect(answers).toEqual({ answers: [], connection: 'closed' });
  const popupUrl = extension.url('popup.html');
  expect(await attacker.evaluate(getInto, popupUrl)).toEqual({
    script: 'refused',
    debugger: 'refused',
    fetch: 'refused',
    stored: {},
  });
  expect(attacker.frames().filter((frame) => frame.url().startsWith(popupUrl))).toEqual([]);
  expect(sandbox.venues.btcturk.requests.of('cancel')).toEqual([]);
  await expect(popup.row(id)).toBeVisible();
  await expect(popup.row(id)).not.toContainText('Cancelling');
});

test('what it opens under a click meant for something else cancels nothing', async ({
  attacker,
  extension,
  listed,
  popup,
  sandbox,
}) => {
  const { book, requests } = sandbox.venues.btcturk;
  const { id } = await listed('btcturk');
  await popup.page.close();
  await extension.runFirst(pressWhatComes);

  const openedBy = async (way: 'tab' | 'window', page: 'popup.html' | 'lookup.html') => {
    const opened = extension.context.waitForEvent('page');
    await attacker.evaluate(open, { way, url: `${extension.url(page)}#guessed` });
    return opened;
  };
  for (const way of ['tab', 'window'] as const) {
    const page = await openedBy(way, 'popup.html');
    await expect.poll(() => pressedIn(page)).toContain(`Cancel order ${id}`);
    expect(book.find(id)?.status).toBe('open');
    // And once more in the dialog, which a calm click has opened.
    await page.getByRole('button', { name: 'Cancel all', exact: true }).click();
    await expect.poll(() => pressedIn(page)).toContain('Cancel 1 order');
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await page.getByRole('button', { name: 'Keep orders' }).click();
    await page.close();

    const lookup = await openedBy(way, 'lookup.html');
    await expect(lookup.getByRole('button', { name: 'Close' })).toBeVisible();
    await lookup.close();
  }
  expect(requests.of('cancel')).toEqual([]);
  expect(book.find(id)?.status).toBe('open');

  // Who waits until the button is ready, half a second, cancels with one click.
  const page = await openedBy('tab', 'popup.html');
  await page.getByRole('button', { name: `Cancel order ${id}` }).click();
  await expect.poll(() => book.find(id)?.status).toBe('cancelled');
});

test('the window of a wish: a press that was on its way before it came cancels nothing', async ({
  extension,
}) => {
  const id = '00000000-0000-4000-8000-000000000999' as LookupId;
  const page = await extension.open('lookup.html');
  await expect.poll(() => page.evaluate(isWritten)).toBe(true);
  const { orders: _, cancellations: __, ...parts } = emptyView;
  await writeView(page, {
    ...parts,
    vault: { state: 'unlocked' },
    accounts: [accountOf('a', 'btcturk', 'Turkish lira')],
    lookups: [lookupOf({ id, orders: [foundOf('a', '26947521101', '26947521101', {})] })],
    index: [],
  });
  await page.addInitScript(pressWhatComes);
  await page.addInitScript(noteMessages);
  await page.goto('about:blank');
  await page.goto(`${extension.url('lookup.html')}#${id}`);
  await expect.poll(() => pressedIn(page)).toContain('Cancel 1 order');
  expect(await page.evaluate(noted)).not.toContain('cancel-many');
  await page.getByRole('button', { name: 'Cancel 1 order' }).click();
  await expect.poll(() => page.evaluate(noted)).toContain('cancel-many');
});

/** While it is loaded anew there is nobody to ask. */
function pressedIn(page: Page): Promise<string[]> {
  return page.evaluate(pressed).catch(() => []);
}

/* What follows runs in a page: of the stranger's, or of ours in the place of the user's hand. */

async function sendAll({ to, messages }: { to: string; messages: readonly unknown[] }) {
  const all = await Promise.all(
    messages.map((message) => chrome.runtime.sendMessage(to, message).catch(() => undefined)),
  );
  const port = chrome.runtime.connect(to);
  const connection = await new Promise((resolve) => {
    port.onDisconnect.addListener(() => resolve('closed'));
    port.onMessage.addListener(() => resolve('answered'));
    for (const message of messages) port.postMessage(message);
  });
  return { answers: all.filter((each) => each ?? false), connection };
}

async function getInto(popup: string) {
  const tab = (await chrome.tabs.query({})).find(({ url }) => url?.startsWith(popup));
  const tabId = tab?.id ?? -1;
  const { debugger: debug } = chrome as unknown as {
    debugger: { attach: (target: { tabId: number }, version: string) => Promise<void> };
  };
  const tries = {
    script: () =>
      chrome.scripting.executeScript({
        target: { tabId },
        func: () => document.querySelector<HTMLElement>('button.cancel')?.click(),
      }),
    debugger: () => debug.attach({ tabId }, '1.3'),
    fetch: () => fetch(popup),
  };
  const ends: Record<string, unknown> = {};
  for (const [name, attempt] of Object.entries(tries)) {
    ends[name] = await attempt().then(
      () => 'done',
      () => 'refused',
    );
  }
  const frame = document.createElement('iframe');
  frame.src = popup;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  ends['stored'] = { ...(await chrome.storage.local.get(null)) };
  return ends;
}

async function open({ way, url }: { way: 'tab' | 'window'; url: string }): Promise<void> {
  if (way === 'tab') await chrome.tabs.create({ url });
  else await chrome.windows.create({ url, type: 'popup', width: 400, height: 600 });
}

/**
 * The second half of a double click lands on whatever comes, as soon as it is there. A page that another extension opens is
 * under way before it can be reached from here: then it is loaded anew, for this hand to be there from its first frame on.
 */
function pressWhatComes(): void {
  if (document.readyState !== 'loading') {
    location.reload();
    return;
  }
  const names = new Set<string>();
  Object.assign(globalThis, { pressedNames: names });
  new MutationObserver(() => {
    for (const button of document.querySelectorAll<HTMLElement>(
      '.row .cancel, dialog .primary, footer .primary',
    )) {
      const name = button.ariaLabel ?? button.innerText.trim();
      if (names.has(name) || button.ariaDisabled === 'true') continue;
      names.add(name);
      button.click();
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
}

/** In the worker’s place: what the page asks for is noted. */
function noteMessages(): void {
  const kinds: string[] = [];
  const sendMessage = ({ kind }: { kind: string }) => {
    kinds.push(kind);
    return Promise.resolve({ ok: true });
  };
  Object.assign(globalThis, { kinds });
  Object.assign(chrome.runtime, { sendMessage });
}

function noted(): string[] {
  return (globalThis as unknown as { kinds: string[] }).kinds;
}

function pressed(): string[] {
  return [...((globalThis as unknown as { pressedNames?: Set<string> }).pressedNames ?? [])];
}
