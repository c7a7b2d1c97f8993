import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Lookup } from '#lib/domain/lookup.ts';
import { refTo } from '#lib/domain/order.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import { foundRows, type Asked, type FoundRow } from './found-rows.ts';
import type { Page } from '#lib/page/page.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';

export interface SharedState {
  readonly page: Pick<Page, 'view' | 'ask'>;
  readonly lookup: ReadonlySignal<Lookup | undefined>;
  readonly cancellations: ReadonlySignal<View['cancellations']>;
  /** Unix milliseconds, to the second. */
  readonly now: ReadonlySignal<number>;
}

/** The orders that were found, and which of them the user chooses. */
export function createFound({ page, lookup, cancellations, now }: SharedState) {
  const choices = signal<ReadonlyMap<string, boolean>>(new Map());
  const asked = signal<ReadonlyMap<string, Asked>>(new Map());
  const problem = signal<string>();
  const shownAt = signal(Infinity);

  effect(() => {
    if (lookup.value && shownAt.peek() === Infinity) shownAt.value = Date.now();
  });

  const rows = computed((): readonly FoundRow[] =>
    lookup.value
      ? foundRows({
          lookup: lookup.value,
          view: { ...(page.view.value ?? emptyView), cancellations: cancellations.value },
          choices: choices.value,
          asked: asked.value,
          shownAt: shownAt.value,
          now: now.value,
        })
      : [],
  );
  const chosen = computed(() => rows.value.filter(({ chosen }) => chosen));
  const asking = computed(
    () => [...asked.value.values()].filter(({ kind }) => kind === 'asking').length,
  );

  /** Asked for, orders are no longer chosen; where asking fails they are as before. */
  const cancel = async () => {
    const known = lookup.peek();
    const wanted = chosen.peek();
    if (!known || wanted.length === 0 || asking.peek() > 0) return;
    const before = asked.peek();
    const keys = wanted.map(({ key }) => key);
    batch(() => {
      problem.value = undefined;
      asked.value = new Map([...before, ...keys.map((key) => [key, { kind: 'asking' }] as const)]);
    });
    try {
      const { cancellationIds } = await page.ask({
        kind: 'cancel-many',
        orders: wanted.flatMap(({ account, order }) => (account ? [refTo(account.id, order)] : [])),
        lookupId: known.id,
      });
      const at = Date.now();
      const answers = keys.flatMap((key, index): [string, Asked][] => {
        const cancellationId = cancellationIds[index];
        return cancellationId ? [[key, { kind: 'answered', cancellationId, at }]] : [];
      });
      batch(() => {
        asked.value = new Map([...before, ...answers]);
        choices.value = new Map([...choices.peek(), ...keys.map((key) => [key, false] as const)]);
      });
    } catch (error) {
      batch(() => {
        asked.value = before;
        problem.value = (error as UserError).message;
      });
    }
  };

  return {
    rows,
    chosen,
    /** How many orders the worker has been asked for and has not yet answered. */
    asking,
    /** Whether any order was asked for in this window. */
    hasAsked: computed(() => asked.value.size > 0),
    problem,
    choose: (key: string, isChosen: boolean) => {
      choices.value = new Map(choices.peek()).set(key, isChosen);
    },
    cancel,
    forget: () =>
      batch(() => {
        choices.value = new Map();
        asked.value = new Map();
        problem.value = undefined;
        shownAt.value = Infinity;
      }),
  };
}
