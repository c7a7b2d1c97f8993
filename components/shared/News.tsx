import { useEffect, useState } from 'preact/hooks';
import { effect } from '@preact/signals';
import { newsOf, type AllTold, type NewsSource } from '#lib/page/orders/news.ts';
import { NewsLog, type NewsLine } from './NewsLog.tsx';

/** More than anybody listens back to. */
const kept = 60;

/**
 * Tells a screen reader what becomes of the orders, whether or not their rows are in sight. `source` reads signals; undefined
 * where nothing may be told.
 */
export function News({ source }: { source: () => NewsSource | undefined }) {
  const [lines, setLines] = useState<readonly NewsLine[]>([]);
  useEffect(() => {
    let told: AllTold | undefined;
    let count = 0;
    return effect(() => {
      const now = source();
      // Locked, nothing stays there to be read; unlocked again, it is a first look.
      if (!now) {
        told = undefined;
        setLines([]);
        return;
      }
      const news = newsOf(now, told);
      told = news.told;
      if (news.sentences.length === 0) return;
      const added = news.sentences.map((words) => ({ id: ++count, words }));
      setLines((before) => [...before, ...added].slice(-kept));
    });
  }, [source]);
  return <NewsLog lines={lines} />;
}
