import { batch, effect, signal } from '@preact/signals';
import { arriveAt } from '#lib/page/arrive.ts';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import { findRow, isFreshDestination } from './destination.ts';
import { isVisible } from './now.ts';
import type { PopupModel } from './popup-model.ts';
import { renderPatience, until } from '#lib/page/until.ts';

/** A cancellation that the view does not know yet may be on its way to it. In milliseconds. */
const viewPause = 300;

/** Goes where the view says, as soon as Pullcord is unlocked; until the returned function is called. */
export function followDestination(model: PopupModel): () => void {
  const { page } = model;
  // A kept page goes there where the user is in it; else the popup does, which comes up.
  const isHere = () => isVisible() && (model.place === 'popup' || document.hasFocus());
  const here = signal(isHere());
  const setHere = () => (here.value = isHere());
  /** When the user asked for the one that was gone to last, Unix milliseconds. */
  let last: number | undefined;

  const go = async () => {
    const destination = page.view.peek()?.destination;
    if (!destination) return;
    if (destination.kind === 'cancel-all') goToCancelAll(model);
    else await goToCancellation(model, destination.id, () => last === destination.at);
    // It is not gone to again from here; another popup may, should this not be heard.
    await page.ask({ kind: 'arrived', at: destination.at }).catch(() => {});
  };

  const unfollow = effect(() => {
    const view = page.view.value;
    const destination = view?.destination;
    // A page that nobody looks at must not take it from the popup that is about to open.
    if (!here.value || view?.vault.state !== 'unlocked' || !destination) return;
    if (destination.at === last || !isFreshDestination(destination, Date.now())) return;
    last = destination.at;
    queueMicrotask(() => void go());
  });
  document.addEventListener('visibilitychange', setHere);
  addEventListener('focus', setHere);
  addEventListener('blur', setHere);

  return () => {
    unfollow();
    document.removeEventListener('visibilitychange', setHere);
    removeEventListener('focus', setHere);
    removeEventListener('blur', setHere);
  };
}

/** Opens the dialog, which asks before anything is cancelled. A filter stays, unless it leaves nothing to cancel. */
function goToCancelAll(model: PopupModel): void {
  batch(() => {
    model.isKeysOpen.value = false;
    model.tab.value = 'orders';
    if (!model.canCancelAll.value) model.filter.clear();
    if (model.canCancelAll.value) model.openCancelAll();
  });
}

async function goToCancellation(
  model: PopupModel,
  id: CancellationId,
  isWanted: () => boolean,
): Promise<void> {
  const isKnown = () => id in (model.page.view.peek()?.cancellations ?? {});
  if (!isKnown()) await until(isKnown, viewPause);
  if (!isWanted()) return;
  // The user has been elsewhere: the pointer is not on its way to a row.
  if (findRow(model.groups.peek(), id)?.isWaiting) model.setFrozen(false);
  const place = findRow(model.groups.peek(), id);
  batch(() => {
    model.isKeysOpen.value = false;
    model.closeCancelAll();
    if (!place) model.sought.value = id;
    else if (!findRow(model.found.peek(), id)) model.filter.clear();
    model.tab.value = place ? 'orders' : 'history';
  });
  if (!place) return;
  const rowIn = () =>
    document.querySelector<HTMLElement>(`.row[data-key="${CSS.escape(place.key)}"]`);
  await until(() => {
    if (document.querySelector('dialog[open]')) return false;
    // Far down a long list it comes into the document when the keyboard goes there.
    model.entryRef.current?.(place.key);
    return rowIn() !== null;
  }, renderPatience);
  const row = rowIn();
  if (row && isWanted()) arriveAt(row);
}
