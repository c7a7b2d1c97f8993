import browser from 'webextension-polyfill';
import { hasSandbox } from '#lib/venues/has-sandbox.ts';
import { allBaseUrls } from '#lib/venues/hosts.ts';

/**
 * The sites on which the id under a right-click is found: those whose script is registered. The browser keeps that over
 * restarts, not over updates of the extension; the permissions that the user gave for them it keeps for ever.
 */

/** Built from `entrypoints/pointer.ts`. */
const script = 'pointer.js';

/** `https://kripto.btcturk.com/*`; on this machine in the sandbox build too. */
export function isSite(pattern: string): boolean {
  const isPage = /^https:\/\/[^/*:]+\/\*$/.test(pattern);
  const isHere = hasSandbox && /^http:\/\/(?:127\.0\.0\.1|localhost)\/\*$/.test(pattern);
  return (isPage || isHere) && !apiPatterns().has(pattern);
}

export async function readSites(): Promise<string[]> {
  const scripts = await browser.scripting.getRegisteredContentScripts();
  return scripts.map(({ id }) => id).toSorted();
}

let turn: Promise<void> = Promise.resolve();

/** One after the other: a look and what follows from it must not be parted. */
function inTurn(act: () => Promise<void>): Promise<void> {
  turn = turn.then(act, act);
  return turn;
}

/** The permission for it has been given. In pages that are open already the script is put too. */
export function switchOn(site: string): Promise<void> {
  return inTurn(() => add(site));
}

/** Gives the permission back too. Pages that are open keep their script until they are loaded again; nobody hears it. */
export function switchOff(site: string): Promise<void> {
  return inTurn(() => remove(site));
}

async function add(site: string): Promise<void> {
  if (!isSite(site) || (await readSites()).includes(site)) return;
  if (!(await browser.permissions.contains({ origins: [site] }))) return;
  await browser.scripting.registerContentScripts([
    { id: site, matches: [site], js: [script], runAt: 'document_start', allFrames: true },
  ]);
  const tabs = await browser.tabs.query({ url: site });
  await Promise.allSettled(
    tabs.map(({ id }) =>
      browser.scripting.executeScript({
        target: { tabId: id ?? -1, allFrames: true },
        files: [script],
      }),
    ),
  );
}

async function remove(site: string): Promise<void> {
  if (!isSite(site)) return;
  if ((await readSites()).includes(site)) {
    await browser.scripting.unregisterContentScripts({ ids: [site] });
  }
  // Sites of this machine belong to the sandbox build for good.
  await browser.permissions.remove({ origins: [site] }).catch(() => undefined);
}

/** After an update: the scripts of the sites for which there is permission are registered anew. */
export async function restoreSites(): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll();
  const given = browser.runtime.getManifest().host_permissions ?? [];
  for (const site of origins) {
    if (isSite(site) && !given.includes(site)) await switchOn(site);
  }
}

function apiPatterns(): ReadonlySet<string> {
  return new Set(allBaseUrls().map((base) => `${base}/*`));
}
