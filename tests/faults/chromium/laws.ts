import { shortStateWords } from '#lib/words/state-words.ts';
import { laws as lawsOfRecords } from '#tests/faults/laws/laws.ts';
import { bookAt, type BrowserRecords } from './records.ts';

const { 'nothing is sent for a wish that slept for an hour': _, ...shared } = lawsOfRecords;

/** Those of Node, but for one that takes an hour; and what only a screen can break. */
export const laws = {
  ...shared,
  'no row on the screen says an end that the book does not have': screenIsTrue,
  'the history on the screen is the one that was kept': historyIsShown,
  'no page and no worker breaks': nothingBreaks,
} satisfies Record<string, (records: BrowserRecords) => string[]>;

type LawName = keyof typeof laws;

export function brokenIn(records: BrowserRecords): { law: LawName; how: string }[] {
  return (Object.keys(laws) as LawName[]).flatMap((law) =>
    laws[law](records).map((how) => ({ law, how })),
  );
}

/** What the words on a row claim of its order. */
const claims: readonly (readonly [RegExp, (status: string | undefined) => boolean])[] = [
  [/^(?:Already c|C)ancelled/, (status) => status === 'cancelled'],
  [/^(?:Already f|F)illed/, (status) => status === 'filled'],
  [/^No longer open/, (status) => status !== 'open'],
  [/^Not found/, (status) => status === undefined],
];

function screenIsTrue({ accounts, books, screens }: BrowserRecords): string[] {
  const orders = accounts.flatMap((account) => account.orders);
  return screens.flatMap(({ at, rows }) =>
    rows.flatMap(([key, words]) => {
      const order = orders.find(({ id }) => key.endsWith(` ${id.toLowerCase()}`));
      const isTrue = claims.find(([pattern]) => pattern.test(words))?.[1];
      const status = order && bookAt(books, order.id, at)?.status;
      return !order || !isTrue || isTrue(status)
        ? []
        : [`at ${at} ms “${words}”, and the order ${order.id} is ${status}`];
    }),
  );
}

function historyIsShown({ accounts, history = [], past }: BrowserRecords): string[] {
  // The popup shows none where there is no account.
  if (accounts.some(({ removedAt }) => removedAt !== undefined)) return [];
  const rows = history.flatMap(({ cancellation }) => cancellation ?? []);
  const wrong = rows.filter((row) => !past.get(row.id)?.startsWith(shortStateWords(row)));
  return [
    ...wrong.map((row) => `${row.id}: “${past.get(row.id)}”, not “${shortStateWords(row)}”`),
    ...(past.size > rows.length ? [`${past.size} on the screen, ${rows.length} kept`] : []),
  ];
}

function nothingBreaks({ breaks }: BrowserRecords): string[] {
  return breaks;
}
