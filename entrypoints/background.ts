import { defineBackground } from 'wxt/utils/define-background';
import browser from 'webextension-polyfill';
import { serve } from '#lib/messages/serve.ts';
import { alarmNames } from '#lib/worker/alarms.ts';
import { createHandlers } from '#lib/worker/handlers.ts';
import { setOriginRule } from '#lib/worker/origin-rule.ts';
import { startWorker } from '#lib/worker/worker.ts';

/** Wiring alone: every listener is registered before anything is awaited, and awaits the one start of the worker. */
export default defineBackground(() => {
  let worker = startWorker();
  /** A start that failed (a database the browser had closed) is tried again at the next request. */
  const started = () => (worker = worker.catch(() => startWorker()));
  void setOriginRule();

  serve(createHandlers(started));

  browser.alarms.onAlarm.addListener(({ name }) => {
    // The alarm for unfinished cancellations has done its work by waking the worker.
    if (name === alarmNames.autoLock) void started().then((awake) => awake.lockIfExpired());
  });
  browser.idle.onStateChanged.addListener((state) => {
    if (state === 'locked') void started().then((awake) => awake.lock());
  });
  // Pages paint from the view: let it be there before the first popup opens.
  browser.runtime.onStartup.addListener(() => void started());
  browser.runtime.onInstalled.addListener(() => void started());
});
