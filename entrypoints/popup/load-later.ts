import { signal } from '@preact/signals';
import type * as Later from './later.ts';

/** What the first frame does without; undefined until it is there. */
export const later = signal<typeof Later>();

export async function loadLater(): Promise<void> {
  try {
    later.value ??= await import('./later.ts');
  } catch {
    // The extension's own files are gone: it has just been updated, and this page is about to be closed.
  }
}
