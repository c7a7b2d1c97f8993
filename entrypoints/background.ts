import { defineBackground } from 'wxt/utils/define-background';
import browser from 'webextension-polyfill';
import type { LookupId } from '#lib/domain/lookup.ts';
import { afterStart } from '#lib/worker/after-sending.ts';
import { serve } from '#lib/worker/serve.ts';
import { keepStorageFromPages } from '#lib/worker/store/mark.ts';
import { dropKey } from '#lib/worker/vault/kept-key.ts';
import { alarmNames } from '#lib/worker/browser/alarms.ts';
import { createHandlers } from '#lib/worker/handlers.ts';
import { makeMenus, nameMenus } from '#lib/worker/browser/menus.ts';
import { openLookupWindow } from '#lib/worker/browser/open-pages.ts';
import { handshakeRule } from '#lib/worker/browser/handshake-rule.ts';
import { findOffscreenDocument } from '#lib/worker/browser/offscreen-document.ts';
import { createBrowserTransport } from '#lib/worker/network/browser-transport.ts';
import { openSocket } from '#lib/worker/network/open-socket.ts';
import { createOwnDocument } from '#lib/worker/network/own-document.ts';
import { createSocketsWithHeaders } from '#lib/worker/network/sockets-with-headers.ts';
import { hearRightClick } from '#lib/worker/lookups/pointed.ts';
import { restoreSites, switchOff, switchOn } from '#lib/worker/browser/sites.ts';
import { cancelFromMenu, enterAddressBar, pressShortcut, suggestFor } from '#lib/worker/ways-in.ts';
import { startWorker, type Worker } from '#lib/worker/worker.ts';

/** Firefox tells that nobody is there, and never that the screen has locked. */
const tellsOfScreenLock = import.meta.env.BROWSER !== 'firefox';

/** Wiring alone: every listener is registered before anything is awaited, and awaits the one start of the worker. */
export default defineBackground(() => {
  const offscreen = findOffscreenDocument();
  const sockets = createSocketsWithHeaders({
    document: offscreen ?? createOwnDocument(openSocket),
    rule: handshakeRule,
  });
  const transport = createBrowserTransport(sockets);
  let start = startWorker(transport);
  let { worker } = start;
  /** A start that failed (a database the browser had closed) is tried again at the next request. */
  const started = () => {
    start.hurry();
    worker = worker.catch(() => {
      start = startWorker(transport);
      start.hurry();
      return start.worker;
    });
    return worker;
  };
  // Behind the click that may have woken the worker.
  void worker
    .catch(() => undefined)
    .then(() =>
      afterStart(() => {
        void keepStorageFromPages().catch(() => undefined);
        void sockets.clearLeft();
      }),
    );

  /** What the user asks for outside our pages is never answered by silence: the window says why it fails. */
  const forUser = (act: (awake: Worker) => Promise<unknown>) =>
    void started()
      .then(act)
      .catch(() => openLookupWindow(crypto.randomUUID() as LookupId));

  serve(
    createHandlers(started, () => start.clicks),
    (told, sender) => void hearRightClick(told, sender),
    (line) => offscreen?.take(line),
  );

  browser.contextMenus.onClicked.addListener((click, tab) =>
    forUser((awake) => cancelFromMenu(awake, click, tab)),
  );
  browser.commands.onCommand.addListener((command) =>
    forUser((awake) => pressShortcut(awake, command)),
  );
  // What is suggested shall be what is open now.
  browser.omnibox.onInputStarted.addListener(
    () => void started().then((awake) => awake.refreshIfUnlocked()),
  );
  browser.omnibox.onInputChanged.addListener(
    (text, show) =>
      void started()
        .then((awake) => suggestFor(awake, text))
        .then(show),
  );
  browser.omnibox.onInputEntered.addListener((text) =>
    forUser((awake) => enterAddressBar(awake, text)),
  );
  browser.notifications.onClicked.addListener((id) => forUser((awake) => awake.openNotice(id)));

  browser.permissions.onAdded.addListener(({ origins = [] }) => {
    void Promise.all(origins.map(switchOn)).then(async () => (await started()).showSites());
  });
  browser.permissions.onRemoved.addListener(({ origins = [] }) => {
    void Promise.all(origins.map(switchOff)).then(async () => (await started()).showSites());
  });

  browser.alarms.onAlarm.addListener(({ name }) => {
    // The alarm for unfinished cancellations has done its work by waking the worker.
    if (name === alarmNames.autoLock) void started().then((awake) => awake.vault.lockIfExpired());
    if (name === alarmNames.reading) void started().then((awake) => awake.readDueIfUnlocked());
    if (name === alarmNames.keepLive) void started().then((awake) => awake.keepLive());
  });
  if (tellsOfScreenLock) {
    browser.idle.onStateChanged.addListener((state) => {
      if (state !== 'locked') return;
      start.clicks.close();
      // The key goes even where the start fails.
      void started().then(({ vault }) => vault.lock(), dropKey);
    });
  }
  // Pages paint from the view: let it be there before the first popup opens.
  browser.runtime.onStartup.addListener(() => {
    void started();
    void nameMenus();
  });
  browser.runtime.onInstalled.addListener(() => {
    void started();
    void restoreSites().then(makeMenus);
  });
});
