import type { Page } from '@playwright/test';
import type { Extension } from '#tests/e2e/support/extension.ts';
import { startSharedBrowser, type SharedBrowser } from '#tests/e2e/support/shared-browser.ts';
import { startSite, type Site } from '#tests/e2e/support/site.ts';
import { expect, setUp, test as base } from '#tests/e2e/support/test.ts';
import { isWritten } from '#tests/e2e/support/written-view.ts';

/** A test that leaves behind whatever it can; the next one in the same browser finds a first installation. */

const test = base.extend<{ shared: SharedBrowser; site: Site }>({
  shared: async ({}, use) => {
    const shared = await startSharedBrowser();
    await use(shared);
    await shared.close();
  },
  site: async ({}, use) => {
    const site = await startSite();
    await use(site);
    await site.stop();
  },
});

test('nothing of what a test leaves is there for the next', async ({ sandbox, shared, site }) => {
  const url = site.put('<p>26947521101</p>');
  const first = await shared.install();
  const page = await first.open('manifest.json');
  await expect.poll(() => page.evaluate(isWritten)).toBe(true);
  const clean = await lookAt(first, page, url);
  expect(clean.pages).toEqual(['about:blank', first.url('manifest.json'), url]);

  await setUp(page, sandbox, ['ripio', 'ztdx']);
  await page.evaluate(leave, url);
  await first.runFirst(() => Object.assign(globalThis, { left: true }));
  await permit(await first.context.newPage(), new URL(page.url()).hostname);
  const dirty = await lookAt(first, page, url);
  for (const [what, value] of Object.entries(clean)) {
    await test.step(`${what} can be left`, () => {
      expect(dirty[what as keyof typeof dirty]).not.toEqual(value);
    });
  }

  await shared.reset();
  const second = await shared.install();
  const next = await second.open('manifest.json');
  await expect.poll(() => next.evaluate(isWritten)).toBe(true);
  expect(next.url()).not.toBe(page.url());
  expect(await lookAt(second, next, url)).toEqual({
    ...clean,
    pages: ['about:blank', next.url(), url],
  });
  expect(next.context().serviceWorkers()).toHaveLength(1);
});

test('a page that the test has led elsewhere goes too', async ({ shared }) => {
  const first = await shared.install();
  for (const page of first.context.pages()) await page.goto(first.url('options.html'));
  await shared.reset();
  const second = await shared.install();
  expect(second.context.pages().map((page) => page.url())).toEqual(['about:blank']);
});

test('a clock that was set is told, since it would go on', async ({ shared }) => {
  const { context } = await shared.install();
  await (await context.newPage()).clock.install();
  await expect(shared.reset()).rejects.toThrow('own-browser.ts');
});

/** All that can be seen from a page of the extension, from a site, and by the browser. */
async function lookAt(extension: Extension, page: Page, url: string) {
  const visitor = await extension.context.newPage();
  const session = await page.context().newCDPSession(visitor);
  const worlds: string[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.origin));
  await session.send('Runtime.enable');
  await visitor.goto(url);
  const seen = {
    ...(await page.evaluate(look)),
    ...(await visitor.evaluate(visit)),
    scriptsInPages: worlds.filter((origin) => origin.startsWith('chrome-extension:')).length,
    pages: extension.context.pages().map((each) => each.url()),
  };
  await visitor.close();
  return seen;
}

/** Gives the permission for a site, as the browser's own page about extensions can. */
async function permit(extensions: Page, id: string): Promise<void> {
  await extensions.goto('chrome://extensions');
  await extensions.evaluate(async (extensionId) => {
    const { developerPrivate } = chrome as unknown as {
      developerPrivate: {
        updateExtensionConfiguration(update: object): Promise<void>;
        addHostPermission(id: string, host: string): Promise<void>;
      };
    };
    await developerPrivate.updateExtensionConfiguration({
      extensionId,
      hostAccess: 'ON_SPECIFIC_SITES',
    });
    await developerPrivate.addHostPermission(extensionId, 'http://127.0.0.1/*');
    await developerPrivate.addHostPermission(extensionId, 'https://example.com/*');
  }, id);
}

/* What follows runs in a page: of the extension's, or of a site's. */

async function look() {
  const rows: Record<string, number> = {};
  for (const { name = '' } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    for (const table of opening.result.objectStoreNames) {
      const counting = opening.result.transaction(table).objectStore(table).count();
      await new Promise((resolve) => counting.addEventListener('success', resolve));
      if (counting.result > 0) rows[`${name}/${table}`] = counting.result;
    }
    opening.result.close();
  }
  const { storage } = chrome;
  const rules = chrome.declarativeNetRequest;
  return {
    rows,
    local: Object.keys(await storage.local.get(null)),
    sync: Object.keys(await storage.sync.get(null)),
    session: Object.keys(await storage.session.get(null)),
    ownStorage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    caches: await caches.keys(),
    permissions: (await chrome.permissions.getAll()).origins,
    alarms: (await chrome.alarms.getAll()).map(({ name }) => name),
    menu: await chrome.contextMenus.update('left', {}).then(
      () => 'an item',
      () => 'none',
    ),
    notifications: Object.keys(await chrome.notifications.getAll()),
    scripts: (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id),
    sessionRules: (await rules.getSessionRules()).map(({ id }) => id),
    dynamicRules: (await rules.getDynamicRules()).map(({ id }) => id),
    badge: await chrome.action.getBadgeText({}),
    offscreenDocuments: (
      await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT' as never] })
    ).length,
  };
}

async function leave(url: string) {
  const { declarativeNetRequest: rules, storage } = chrome;
  const block = { type: 'block' as const };
  localStorage.setItem('left', '1');
  await caches.open('left');
  await storage.sync.set({ left: 1 });
  await chrome.alarms.create('left', { periodInMinutes: 1 });
  await chrome.notifications.create('left', {
    type: 'basic',
    iconUrl: '/icon/128.png',
    title: 'Left',
    message: 'Left',
  });
  chrome.contextMenus.create({ id: 'left', title: 'Left' });
  await chrome.action.setBadgeText({ text: 'left' });
  await chrome.runtime.sendMessage({ kind: 'switch-site', site: 'http://127.0.0.1/*', on: true });
  await rules.updateSessionRules({
    addRules: [{ id: 7, condition: { urlFilter: '/left-by-session' }, action: block }],
  });
  await rules.updateDynamicRules({
    addRules: [{ id: 7, condition: { urlFilter: '/left-by-rule' }, action: block }],
  });
  // Not its own, which would go by itself: the worker has not asked for it.
  const { offscreen } = chrome as unknown as {
    offscreen: { createDocument(document: object): Promise<void> };
  };
  const reasons = ['DOM_PARSER'];
  await offscreen.createDocument({ url: 'options.html', reasons, justification: 'left' });
  open(url);
  await chrome.windows.create({ url: '/options.html', type: 'popup' });
}

async function visit() {
  const blocked: string[] = [];
  for (const path of ['/left-by-session', '/left-by-rule']) {
    await fetch(path).catch(() => blocked.push(path));
  }
  const seen = {
    cookie: document.cookie,
    blocked,
    scriptOfTheTest: 'left' in globalThis,
  };
  document.cookie = 'left=1';
  return seen;
}
