import browser from 'webextension-polyfill';
import { afterSending } from '#lib/worker/after-sending.ts';

/** What wakes the worker when nobody else does. An alarm that is there already is left alone: re-creating it at each
 * start would put it off for ever (duckduckgo/duckduckgo-privacy-extension#1241). */
export const alarmNames = {
  autoLock: 'auto-lock',
  unfinished: 'unfinished',
  reading: 'reading',
  keepLive: 'keep-live',
} as const;

/** Wakes the worker when the vault's time runs out (Unix ms); null: never. */
export async function setAutoLockAlarm(when: number | null): Promise<void> {
  if (when === null) await browser.alarms.clear(alarmNames.autoLock);
  else await browser.alarms.create(alarmNames.autoLock, { when });
}

/** Wakes the worker every so many minutes to read the open orders; undefined: never. */
export async function setReadingAlarm(minutes: number | undefined): Promise<void> {
  const existing = await browser.alarms.get(alarmNames.reading);
  if (existing?.periodInMinutes === minutes) return;
  if (minutes === undefined) await browser.alarms.clear(alarmNames.reading);
  else await browser.alarms.create(alarmNames.reading, { periodInMinutes: minutes });
}

let lastChange: Promise<void> = Promise.resolve();

/** Wakes the worker every 30 seconds (the shortest that Chrome allows) while a cancellation is unfinished. */
export function setUnfinishedAlarm(unfinished: boolean): void {
  setAlarm(alarmNames.unfinished, unfinished);
}

/** The same while the user wants streams open: where the browser has ended the worker, they open again. */
export function setKeepLiveAlarm(isKept: boolean): void {
  setAlarm(alarmNames.keepLive, isKept);
}

function setAlarm(name: string, isOn: boolean): void {
  // One after the other: a look and what follows from it must not be parted.
  lastChange = lastChange.then(untilSent).then(() => apply(name, isOn));
}

/** The request that the alarm is for goes out first. */
function untilSent(): Promise<void> {
  return new Promise((resolve) => {
    afterSending(resolve);
  });
}

async function apply(name: string, isOn: boolean): Promise<void> {
  const existing = await browser.alarms.get(name);
  if (!isOn && existing) await browser.alarms.clear(name);
  if (isOn && !existing) await browser.alarms.create(name, { periodInMinutes: 0.5 });
}
