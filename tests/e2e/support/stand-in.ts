import type { Page } from '@playwright/test';
import type { Answers } from '#lib/protocol/messages.ts';
import {
  indexKey,
  cancellationKey,
  ordersKey,
  packReading,
  partKey,
  readingKey,
  smallParts,
} from '#lib/protocol/stored-view.ts';
import type { View } from '#lib/protocol/view.ts';
import type { Extension } from './extension.ts';

/** What the worker is to answer, by what is asked, and of orders by the account; to all else it says “yes” and no more. */
export type StandInAnswers = {
  readonly [Kind in keyof Answers]?:
    | 'never'
    | (Kind extends 'ask-order' ? Readonly<Record<string, Answers[Kind]>> : Answers[Kind]);
};

/**
 * Pages show what is written here, at the time `now`, and the worker hears nothing: so each state of a page is the same in each run.
 */
export async function standIn(
  extension: Extension,
  now: number,
  answers: StandInAnswers,
): Promise<void> {
  await extension.runFirst(answerForWorker, [now, answers] as const);
}

/** Runs in each page, before all else. */
function answerForWorker(given: unknown): void {
  if (!location.protocol.endsWith('-extension:')) return;
  const [now, answers] = given as readonly [number, Readonly<Record<string, unknown>>];
  const ofAccounts = answers['ask-order'] as Readonly<Record<string, unknown>> | undefined;
  Date.now = () => now;
  const none = { addListener() {}, removeListener() {} };
  const line = { onMessage: none, onDisconnect: none, postMessage() {}, disconnect() {} };
  chrome.runtime.connect = (() => line) as never;
  chrome.runtime.sendMessage = (({
    kind,
    accountId = '',
  }: {
    kind: string;
    accountId?: string;
  }) => {
    const value = kind === 'ask-order' ? ofAccounts?.[accountId] : answers[kind];
    return value === 'never' ? new Promise(() => {}) : Promise.resolve({ ok: true, value });
  }) as never;
  // As if the hosts had been granted.
  chrome.permissions.contains = () => Promise.resolve(true);
  chrome.permissions.request = () => Promise.resolve(true);
}

/** In the worker's place, and nothing else is there any more. */
export async function writeWhole(page: Page, view: View): Promise<void> {
  const texts: Record<string, string> = {};
  const isOpen = view.vault.state === 'unlocked';
  for (const part of isOpen ? smallParts : (['vault'] as const)) {
    texts[partKey(part)] = JSON.stringify(view[part]);
  }
  const index: string[] = [];
  for (const { id } of isOpen ? view.accounts : []) {
    const reading = view.orders[id];
    if (!reading) continue;
    texts[ordersKey(id)] = JSON.stringify(reading.orders);
    texts[readingKey(id)] = packReading(reading);
    index.push(ordersKey(id), readingKey(id));
  }
  for (const each of Object.values(view.cancellations)) {
    texts[cancellationKey(each.id)] = JSON.stringify(each);
    index.push(cancellationKey(each.id));
  }
  texts[indexKey] = JSON.stringify(index);
  await page.evaluate(async (all) => {
    await chrome.storage.session.clear();
    await chrome.storage.session.set(all);
  }, texts);
}
