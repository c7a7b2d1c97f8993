import { base64ToBytes, bytesToBase64 } from '#lib/domain/base64.ts';
import type { AutoLock } from '#lib/domain/settings.ts';
import { sessionItem, type LeftBehind } from '#lib/worker/browser/session-item.ts';

interface UnlockedKey {
  readonly key: string;
  /** Unix milliseconds; null: until the browser closes. */
  readonly expiresAt: number | null;
  /** When this was written, Unix milliseconds: a clock well before it has been set back. */
  readonly writtenAt: number;
}

/**
 * The open vault key between two lives of the worker, beside it the absolute time at which it expires. Whoever reads it
 * checks that time; alarms only make the lock punctual.
 */
const unlockedKey = sessionItem<UnlockedKey>('vault.unlocked');

/** A clock is corrected by less than this now and then, in milliseconds. */
const clockSlack = 5000;

/** Tells when it expires. */
export async function keepKey(
  bytes: Uint8Array,
  autoLock: AutoLock,
  now: number,
): Promise<number | null> {
  const expiresAt = expiryOf(autoLock, now);
  await unlockedKey.set({ key: bytesToBase64(bytes), expiresAt, writtenAt: now });
  return expiresAt;
}

/** Undefined where there is none or it has expired. */
export function findKey(
  left: LeftBehind,
  now: number,
): { bytes: Uint8Array<ArrayBuffer>; expiresAt: number | null; writtenAt: number } | undefined {
  const kept = unlockedKey.from(left);
  const bytes = kept && base64ToBytes(kept.key);
  if (!bytes || hasExpired(kept, kept.writtenAt, now)) return undefined;
  const { expiresAt, writtenAt } = kept;
  return { bytes, expiresAt, writtenAt };
}

/** Changes the expiry of the key, where there is one still. */
export async function renewKey(expiresAt: number | null, now: number): Promise<void> {
  const kept = await unlockedKey.get();
  if (!kept) return;
  await unlockedKey.set({ ...kept, expiresAt, writtenAt: now });
}

export async function dropKey(): Promise<void> {
  await unlockedKey.remove();
}

/**
 * `seenAt`: the latest time that the clock has shown. Set back, it would keep the vault open for as much longer: what is left
 * of the time is then not known, and it is over.
 */
export function hasExpired(
  { expiresAt }: { readonly expiresAt: number | null },
  seenAt: number,
  now: number,
): boolean {
  return expiresAt !== null && (now >= expiresAt || now <= seenAt - clockSlack);
}

/** Unix milliseconds; null: when the browser closes. */
export function expiryOf(autoLock: AutoLock, now: number): number | null {
  return autoLock === 'browser-close' ? null : now + autoLock * 60_000;
}
