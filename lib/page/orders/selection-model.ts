import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Group, Row } from './row.ts';
import {
  extendTo,
  keepShown,
  nothingSelected,
  selectAll,
  shownRows,
  summarize,
  toggleRow,
  type Selection,
} from './selection.ts';

/** Which of the rows in `groups` are selected. `canSelect` reads signals only. */
export function createSelection(
  groups: ReadonlySignal<readonly Group[]>,
  canSelect: (row: Row) => boolean,
) {
  const selection = signal(nothingSelected);
  /** Why the selected orders could not be asked to be cancelled. */
  const problem = signal<string>();
  const rows = computed(() => shownRows(groups.value, canSelect));

  effect(() => {
    selection.value = keepShown(selection.peek(), rows.value);
    if (selection.value.keys.size === 0) problem.value = undefined;
  });

  const change = (next: Selection) =>
    batch(() => {
      selection.value = next;
      problem.value = undefined;
    });

  return {
    keys: computed(() => selection.value.keys),
    problem,
    summary: computed(() => summarize(selection.value, rows.value)),
    selecting: {
      toggle: (key: string) => change(toggleRow(selection.peek(), rows.peek(), key)),
      extendTo: (key: string, from?: string) =>
        change(extendTo(selection.peek(), rows.peek(), key, from)),
      selectAll: () => change(selectAll(selection.peek(), rows.peek())),
      clear: () => {
        const hadAny = selection.peek().keys.size > 0;
        change(nothingSelected);
        return hadAny;
      },
    },
    /** Selects again what could not be cancelled, and says why. */
    restore: (keys: Iterable<string>, why: string) => {
      change(keepShown({ keys: new Set([...selection.peek().keys, ...keys]) }, rows.peek()));
      problem.value = why;
    },
  };
}
