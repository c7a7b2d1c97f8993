import { useEffect, useState } from 'preact/hooks';
import { effect } from '@preact/signals';
import { NewsLog, type NewsLine } from '#components/popup/NewsLog.tsx';
import { newsOf, type AllTold } from '#lib/page/orders/news.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';

/** More than anybody listens back to. */
const kept = 60;

/** Tells a screen reader what becomes of the orders, whether or not their rows are in sight. */
export function News({ model }: { model: PopupModel }) {
  const [lines, setLines] = useState<readonly NewsLine[]>([]);
  useEffect(() => {
    let told: AllTold | undefined;
    let count = 0;
    return effect(() => {
      const { page, groups, now, isAsked, failureOf } = model;
      const holds = page.view.value?.holds ?? {};
      const source = { groups: groups.value, holds, now: now.value, isAsked, failureOf };
      // Locked, nothing stays there to be read; unlocked again, it is a first look.
      if (groups.value.length === 0) {
        told = undefined;
        setLines([]);
        return;
      }
      const news = newsOf(source, told);
      told = news.told;
      if (news.sentences.length === 0) return;
      const added = news.sentences.map((words) => ({ id: ++count, words }));
      setLines((before) => [...before, ...added].slice(-kept));
    });
  }, [model]);
  return <NewsLog lines={lines} />;
}
