import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import {
  countChosen,
  keepKnown,
  nothingChosen,
  toFilter,
  type FilterChoice,
} from './filter-choice.ts';
import type { View } from '#lib/protocol/view.ts';

/** What the list is narrowed to: the text in “Find order” and what is chosen beside it. */
export function createFilter(view: ReadonlySignal<View | undefined>, now: ReadonlySignal<number>) {
  const text = signal('');
  const chosen = signal<FilterChoice>(nothingChosen);
  /** The row with the choices is shown. */
  const isOpen = signal(false);

  const choice = computed(() => keepKnown(chosen.value, view.value?.accounts ?? []));
  // One and the same object until it says something else: an age goes with the clock, nothing else does.
  const filter = computed(() =>
    toFilter(text.value, choice.value, choice.value.age === undefined ? 0 : now.value),
  );
  return {
    text,
    choice,
    filter,
    isOpen,
    chosen: computed(() => countChosen(choice.value)),
    setText: (next: string) => (text.value = next),
    choose: (next: FilterChoice) => (chosen.value = next),
    toggle: () => (isOpen.value = !isOpen.peek()),
    clear: () =>
      batch(() => {
        text.value = '';
        chosen.value = nothingChosen;
      }),
  };
}
