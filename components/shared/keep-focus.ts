/** Its heading, from which Tab goes on into it, or its first field. Never a button: the key that has just acted may still be held down. */
const beginnings = 'h2, input, select, [role=listitem][tabindex="0"]';

/**
 * What has the keyboard may go: a form that has done its work, a row that is removed, a button that is of no more use. Unless somebody
 * puts the keyboard elsewhere it stays in that part of the page, and does not fall back to the page's beginning. To be called once.
 */
export function keepFocus(): void {
  /** What has the keyboard, and all that it stands in. */
  let path: readonly Element[] = [];
  let isSeen = false;
  const note = () => {
    const at = document.activeElement;
    path = at && at !== document.body ? [...withAncestors(at)] : [];
    isSeen = at?.matches(':focus-visible') ?? false;
  };
  document.addEventListener('focusin', note);
  // It may have taken the focus away, and to nothing.
  document.addEventListener('click', note);

  new MutationObserver(() => {
    const [at] = path;
    if (!at || at.isConnected || document.activeElement !== document.body) return;
    const next = beginningNear(path.find((each) => each.isConnected) ?? document.body);
    if (!next) return;
    if (next.tabIndex < 0) {
      next.tabIndex = -1;
      next.addEventListener('blur', () => next.removeAttribute('tabindex'), { once: true });
    }
    // Nobody who works with a pointer needs the page to move.
    next.focus({ preventScroll: !isSeen });
  }).observe(document, { childList: true, subtree: true });
}

function* withAncestors(element: Element): Generator<Element> {
  for (let each: Element | null = element; each; each = each.parentElement) yield each;
}

/** Of the nearest part of the page that has one. */
function beginningNear(place: Element): HTMLElement | undefined {
  for (let part = partOf(place); part; part = partOf(part.parentElement)) {
    const next = [...part.querySelectorAll<HTMLElement>(beginnings)].find((each) =>
      each.checkVisibility({ visibilityProperty: true }),
    );
    if (next) return next;
  }
  return undefined;
}

function partOf(element: Element | null): Element | null {
  return element?.closest('section, dialog, main, body') ?? null;
}
