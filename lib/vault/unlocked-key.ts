import browser from 'webextension-polyfill';
import { base64ToBytes, bytesToBase64 } from '../domain/base64.ts';
import type { AutoLock } from '../domain/settings.ts';

/**
 * The open vault key between two lives of the worker: in `storage.session` (memory only, trusted contexts), beside it
 * the absolute time at which it expires. Whoever reads it checks that time; alarms only make the lock punctual.
 */
const storageKey = 'vault.unlocked';

interface UnlockedKey {
  readonly key: string;
  /** Unix milliseconds; null: until the browser closes. */
  readonly expiresAt: number | null;
}

/** Tells when it expires. */
export async function keepKey(
  bytes: Uint8Array,
  autoLock: AutoLock,
  now: number,
): Promise<number | null> {
  const kept: UnlockedKey = { key: bytesToBase64(bytes), expiresAt: expiryOf(autoLock, now) };
  await browser.storage.session.set({ [storageKey]: kept });
  return kept.expiresAt;
}

/** Undefined where there is none or it has expired. */
export async function findKey(
  now: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; expiresAt: number | null } | undefined> {
  const stored = await browser.storage.session.get(storageKey);
  const kept = stored[storageKey] as UnlockedKey | undefined;
  const bytes = kept && base64ToBytes(kept.key);
  if (!bytes || hasExpired(kept, now)) return undefined;
  return { bytes, expiresAt: kept.expiresAt };
}

/** Changes the expiry of the key, where there is one still. */
export async function renewKey(expiresAt: number | null): Promise<void> {
  const stored = await browser.storage.session.get(storageKey);
  const kept = stored[storageKey] as UnlockedKey | undefined;
  if (kept) await browser.storage.session.set({ [storageKey]: { ...kept, expiresAt } });
}

export async function dropKey(): Promise<void> {
  await browser.storage.session.remove(storageKey);
}

export function hasExpired({ expiresAt }: { expiresAt: number | null }, now: number): boolean {
  return expiresAt !== null && now >= expiresAt;
}

/** Unix milliseconds; null: when the browser closes. */
export function expiryOf(autoLock: AutoLock, now: number): number | null {
  return autoLock === 'browser-close' ? null : now + autoLock * 60_000;
}
