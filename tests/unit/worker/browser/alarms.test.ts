import { beforeEach, expect, test, vi } from 'vitest';
import { alarmNames, setReadingAlarm } from '#lib/worker/browser/alarms.ts';

/** What was asked of the browser, and the alarms that there are. */
const browserAlarms = vi.hoisted(() => ({
  asked: [] as unknown[],
  periods: new Map<string, number>(),
}));
vi.mock('webextension-polyfill', () => ({
  default: {
    alarms: {
      async get(name: string) {
        const periodInMinutes = browserAlarms.periods.get(name);
        return periodInMinutes === undefined ? undefined : { name, periodInMinutes };
      },
      async create(name: string, { periodInMinutes }: { periodInMinutes: number }) {
        browserAlarms.asked.push(['create', name, periodInMinutes]);
        browserAlarms.periods.set(name, periodInMinutes);
      },
      async clear(name: string) {
        browserAlarms.asked.push(['clear', name]);
        browserAlarms.periods.delete(name);
      },
    },
  },
}));

beforeEach(() => {
  browserAlarms.asked.length = 0;
  browserAlarms.periods.clear();
});

const name = alarmNames.reading;

test.each<[before: number | undefined, wanted: number | undefined, asked: unknown[]]>([
  [undefined, undefined, []],
  [undefined, 5, [['create', name, 5]]],
  // Made anew at each start it would be put off for ever.
  [5, 5, []],
  [5, 1, [['create', name, 1]]],
  [5, undefined, [['clear', name]]],
])('every %s minutes, to be every %s', async (before, wanted, asked) => {
  if (before !== undefined) browserAlarms.periods.set(name, before);
  await setReadingAlarm(wanted);
  expect(browserAlarms.asked).toEqual(asked);
});
