/** How long what was gone to is lit, in milliseconds. */
const litFor = 1600;

/** Brings it before the user's eyes: in sight, with the keyboard on it, and lit for a moment. */
export function arriveAt(element: HTMLElement): void {
  element.scrollIntoView({ block: 'nearest' });
  element.focus({ preventScroll: true });
  const lit = { background: 'var(--accent-tint)', boxShadow: 'inset 3px 0 var(--accent)' };
  element.animate([lit, { ...lit, offset: 0.6 }, {}], litFor);
}
