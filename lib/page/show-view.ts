import type { Signal } from '@preact/signals';
import { readView } from '#lib/protocol/read-view.ts';
import { applyTexts, partKey, type ViewTexts } from '#lib/protocol/stored-view.ts';
import { emptyView, unreadableView, type View } from '#lib/protocol/view.ts';

/** Keeps a page's view as the worker writes it. */
export interface ShownView {
  /** Reads all of it. Resolves when it is shown, or there is none yet. */
  readonly read: () => Promise<void>;
  /** Something has changed: shown at once, but not more than once a frame. */
  readonly take: (changed: ViewTexts) => void;
}

/**
 * A change costs a pass over the list, and while 10,000 orders are being cancelled more of them come than frames can be
 * painted. So what comes before the next frame is shown with it, the first one after a quiet time at once.
 */
export function showView(view: Signal<View | undefined>): ShownView {
  let waiting = new Map<string, string | undefined>();
  let reading: Promise<void> | undefined;
  let isFrameDue = false;

  async function readAll(): Promise<void> {
    try {
      const found = await readView();
      if (found) view.value = found;
    } catch {
      view.value = unreadableView;
    }
    reading = undefined;
    showWaiting();
  }

  function read(): Promise<void> {
    reading ??= readAll();
    return reading;
  }

  function showWaiting(): void {
    if (waiting.size === 0 || reading) return;
    const known = view.peek();
    // Without the vault's state there is no view yet.
    if (!known && !waiting.has(partKey('vault'))) return;
    const changed = waiting;
    waiting = new Map();
    try {
      view.value = applyTexts(known ?? emptyView, changed);
    } catch {
      view.value = unreadableView;
    }
  }

  function showOnceAFrame(): void {
    showWaiting();
    // Hidden pages get no frames.
    if (document.visibilityState !== 'visible') return;
    isFrameDue = true;
    requestAnimationFrame(() => {
      isFrameDue = false;
      if (waiting.size > 0) showOnceAFrame();
    });
  }

  document.addEventListener('visibilitychange', showWaiting);

  return {
    read,
    take(changed) {
      for (const [key, text] of changed) waiting.set(key, text);
      if (!isFrameDue) showOnceAFrame();
    },
  };
}
