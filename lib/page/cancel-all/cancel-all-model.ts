import { computed, effect, signal } from '@preact/signals';
import type { CancelAllPlan } from '#lib/protocol/messages.ts';
import { listDoubts, summarizeCancelAll } from './summary.ts';
import { agelessWords, countAgeless, filterWords } from '#lib/page/orders/filter-words.ts';
import { planWords } from './plan-words.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

/** A list that changes, or keys pressed in a row, are asked about once. */
const pause = 150;

/** The dialog “Cancel all orders”, for as long as it is open. */
export function createCancelAll(model: PopupModel) {
  const { page, filter, found, groups, now } = model;
  const withProtective = signal(false);
  const plan = signal<CancelAllPlan>();
  const busy = signal(false);
  const error = signal<string>();

  const accounts = computed(() => page.view.value?.accounts ?? []);
  const summary = computed(() =>
    summarizeCancelAll(found.value, groups.value, model.canCancel, withProtective.value),
  );
  const count = computed(
    () => summary.value.orders + (withProtective.value ? summary.value.protective : 0),
  );
  /** What the plan depends on, as far as the page knows. An age goes with the clock and is no reason to ask again. */
  const question = computed(() =>
    JSON.stringify([
      filter.text.value.trim(),
      filter.choice.value,
      withProtective.value,
      summary.value.orders,
      summary.value.protective,
    ]),
  );
  const wish = () => ({
    filter: filter.filter.peek(),
    withProtective: withProtective.peek(),
  });

  let asked = 0;
  const askPlan = async () => {
    const mine = ++asked;
    try {
      const answer = await page.ask({ kind: 'plan-cancel-all', ...wish() });
      if (mine === asked) plan.value = answer;
    } catch {
      // How long it takes is not worth a word of trouble.
      if (mine === asked) plan.value = undefined;
    }
  };
  const stop = effect(() => {
    void question.value;
    const timer = setTimeout(() => void askPlan(), asked === 0 ? 0 : pause);
    return () => clearTimeout(timer);
  });

  return {
    summary,
    count,
    withProtective,
    setProtective: (isMeant: boolean) => (withProtective.value = isMeant),
    busy,
    error,
    doubts: computed(() => listDoubts(groups.value, filter.choice.value.accountId, now.value)),
    filterWords: computed(() =>
      filterWords(filter.text.value, filter.choice.value, accounts.value),
    ),
    ageless: computed(() => agelessWords(countAgeless(groups.value, filter.filter.value))),
    planWords: computed(() => plan.value && planWords(plan.value, accounts.value)),
    start: async () => {
      if (busy.peek()) return;
      busy.value = true;
      error.value = undefined;
      try {
        await page.ask({ kind: 'cancel-all', ...wish() });
        model.closeCancelAll();
      } catch (problem) {
        error.value = problem instanceof Error ? problem.message : String(problem);
      } finally {
        busy.value = false;
      }
    },
    /** The dialog has gone. */
    stop,
  };
}
