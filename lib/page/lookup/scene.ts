import type { Lookup, LookupId, UnknownId } from '#lib/domain/lookup.ts';
import type { Unreadable, View } from '#lib/protocol/view.ts';

/** What the window of a lookup shows. */
export type Scene =
  | { readonly kind: 'not-set-up' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unreadable'; readonly why: Unreadable }
  | { readonly kind: 'locked'; readonly vault: View['vault'] }
  /** Absent: the worker has not told of it yet. */
  | { readonly kind: 'reading'; readonly lookup?: Lookup }
  /** Nobody knows the wish any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'no-id'; readonly text: string }
  /** There is something like an id, and nothing that can be looked for. */
  | { readonly kind: 'not-understood'; readonly lookup: Lookup }
  | { readonly kind: 'none-open'; readonly lookup: Lookup }
  /** One id was asked for, and no open order bears it. */
  | { readonly kind: 'unknown-id'; readonly lookup: Lookup; readonly unknown: UnknownId }
  | { readonly kind: 'choosing'; readonly lookup: Lookup }
  | { readonly kind: 'taken'; readonly lookup: Lookup };

/** `isGone`: the worker has had time to tell of the lookup, and has not. */
export function sceneOf(
  view: Pick<View, 'vault'> | undefined,
  lookup: Lookup | undefined,
  isGone: boolean,
): Scene {
  if (view?.vault.state === 'none') return { kind: 'not-set-up' };
  if (view?.vault.state === 'lost') return { kind: 'lost' };
  if (view?.vault.state === 'locked') return { kind: 'locked', vault: view.vault };
  if (view && view.vault.state !== 'unlocked') return { kind: 'unreadable', why: view.vault.state };
  if (!lookup) return isGone ? { kind: 'gone' } : { kind: 'reading' };
  switch (lookup.stage) {
    case 'reading':
      return { kind: 'reading', lookup };
    case 'expired':
      return { kind: 'expired' };
    case 'taken':
      return { kind: 'taken', lookup };
    case 'choosing':
      return choosing(lookup);
  }
}

function choosing(lookup: Lookup): Scene {
  const { wish, orders, unknown } = lookup;
  const [first, ...more] = unknown;
  if (orders.length > 0 || more.length > 0) return { kind: 'choosing', lookup };
  if (first) return { kind: 'unknown-id', lookup, unknown: first };
  if (wish.kind === 'newest') return { kind: 'none-open', lookup };
  const hasOdd = (wish.doubtful ?? []).length + (wish.rounded ?? []).length > 0;
  return hasOdd ? { kind: 'not-understood', lookup } : { kind: 'no-id', text: wish.text };
}

/**
 * The lookup as it was last heard of: the view keeps only the latest few, and a window may stay open for longer. After a
 * lock nothing is remembered.
 */
export function rememberLookup(
  known: Lookup | undefined,
  id: LookupId,
  view: Pick<View, 'vault' | 'lookups'> | undefined,
): Lookup | undefined {
  if (view?.vault.state !== 'unlocked') return undefined;
  return view.lookups.find((each) => each.id === id) ?? known;
}
