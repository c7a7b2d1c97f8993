import browser from 'webextension-polyfill';
import { hasEnded, type Cancellation } from '../domain/cancellation.ts';
import { readView, viewKey } from './follow.ts';
import { emptyView, type View } from './view.ts';

/** The worker's hand on the view: each change goes to `storage.session`, where open pages follow it. */
export interface Publisher {
  readonly view: View;
  set<Part extends keyof View>(part: Part, value: View[Part]): void;
  /** The state of one cancellation; forgets those that ended a while ago. */
  setCancellation(cancellation: Cancellation): void;
  /** Takes everything but the vault's state away from the pages; the worker still sees it. */
  hide(): void;
  /** Gives the pages back what `hide` took. */
  show(): void;
  /** Forgets everything but the vault's state. */
  clear(): void;
  /** Resolves when pages can read all that was set. */
  written(): Promise<void>;
}

/** How long an ended cancellation stays in the view, in milliseconds; history has it for ever. */
const afterglow = 60_000;

/** Goes on from what the worker's last life has written. */
export async function createPublisher(): Promise<Publisher> {
  let view = (await readView()) ?? emptyView;
  let hidden = false;
  let written: Promise<unknown> = Promise.resolve();

  function write(shown: Partial<View>): void {
    const entries = Object.entries(shown).map(([part, value]) => [
      viewKey(part as keyof View),
      value,
    ]);
    written = browser.storage.session.set(Object.fromEntries(entries));
  }

  function set<Part extends keyof View>(part: Part, value: View[Part]): void {
    view = { ...view, [part]: value };
    if (!hidden || part === 'vault') write({ [part]: value });
  }

  return {
    get view() {
      return view;
    },
    set,
    setCancellation(cancellation) {
      const recent = Object.values(view.cancellations).filter(
        (other) => !hasEnded(other) || Date.now() - (other.at.ended ?? 0) < afterglow,
      );
      const all = [...recent.filter((other) => other.id !== cancellation.id), cancellation];
      set('cancellations', Object.fromEntries(all.map((each) => [each.id, each])));
    },
    hide() {
      hidden = true;
      write({ ...emptyView, vault: view.vault });
    },
    show() {
      hidden = false;
      write(view);
    },
    clear() {
      view = { ...emptyView, vault: view.vault };
      if (!hidden) write(view);
    },
    async written() {
      await written;
    },
  };
}
