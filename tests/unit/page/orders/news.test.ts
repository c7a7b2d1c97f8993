import { expect, test } from 'vitest';
import type { Cancellation, CancellationId, SweepId } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import { newsOf, type AllTold, type NewsSource } from '#lib/page/orders/news.ts';
import type { Row } from '#lib/page/orders/row.ts';
import type { RowWords } from '#lib/words/cancellation-words.ts';
import { cancellationFor } from '#tests/unit/page/lookup/lookup-world.ts';
import { accountOf, groupOf, now, orderOf, rowOf } from '#tests/unit/support/view-world.ts';

const account = accountOf('a', 'btcturk', 'Main');

interface Look {
  readonly cancellation?: Partial<Cancellation>;
  readonly kind?: Row['kind'];
  readonly isAsked?: boolean;
  readonly failure?: RowWords;
  readonly wait?: number;
}

/** What is told as an order's row goes through these. */
function hear(...looks: readonly Look[]): (readonly string[])[] {
  let told: AllTold | undefined;
  return looks.map((look) => {
    const news = newsOf(sourceOf([look]), told);
    told = news.told;
    return news.sentences;
  });
}

function sourceOf(looks: readonly Look[]): NewsSource {
  const [first] = looks;
  const rows = looks.map(({ cancellation, kind = 'open' }, index): Row => {
    const order = orderOf(`${index + 1}`, { price: `${index + 1}` as Decimal });
    const id = cancellation?.id ?? `c${index}`;
    const wish = cancellation && cancellationFor(id, 'a', order.id, cancellation);
    return { ...rowOf(account, order, kind), ...(wish && { cancellation: wish }) };
  });
  const wait = first?.wait ?? 0;
  return {
    groups: [{ ...groupOf(account, []), rows }],
    holds: wait > 0 ? { [account.id]: { cancels: now + wait * 1000, reads: 0 } } : {},
    now,
    isAsked: () => first?.isAsked === true,
    failureOf: () => first?.failure,
  };
}

const name = 'Buy BTCTRY 1';
const c2 = 'c2' as CancellationId;
const open: Look = {};
const asked: Look = { isAsked: true };
const sent: Look = { kind: 'cancelling', cancellation: { state: 'sent' } };
const held: Look = { ...sent, cancellation: { state: 'requested' } };
const accepted: Look = { kind: 'cancelling', cancellation: { state: 'accepted' } };
const unknown: Look = { kind: 'cancelling', cancellation: { state: 'unknown' } };
const refused: Look = { kind: 'open', cancellation: { state: 'refused', said: ['No'] } };
const cancelled: Look = { kind: 'left', cancellation: { state: 'cancelled' } };
const failed: Look = { failure: { status: 'No answer', details: ['Try again.'] } };

test.each<[string, readonly Look[], readonly (readonly string[])[]]>([
  [
    'begun and ended, each once, however many steps there are',
    [open, asked, sent, accepted, accepted, cancelled, cancelled],
    [[], [`${name}: Cancelling`], [], [], [], [`${name}: Cancelled`], []],
  ],
  [
    'begun once, though the view knows of it before the page shows that it was asked for',
    [open, sent, { ...sent, ...asked }, sent, cancelled],
    [[], [`${name}: Cancelling`], [], [], [`${name}: Cancelled`]],
  ],
  ['nothing at the first look', [cancelled, cancelled], [[], []]],
  [
    'a doubt once, though it comes back',
    [open, sent, unknown, accepted, unknown, cancelled],
    [[], [`${name}: Cancelling`], [`${name}: Unknown, checking`], [], [], [`${name}: Cancelled`]],
  ],
  [
    'a wait once, not each second of it',
    [open, { ...held, wait: 42 }, { ...held, wait: 41 }, sent],
    [[], [`${name}: Waiting: BtcTurk asks for 42 s`], [], [`${name}: Cancelling`]],
  ],
  [
    'what is asked for anew, anew',
    [
      open,
      asked,
      refused,
      { ...refused, ...asked },
      { ...sent, cancellation: { ...sent.cancellation, id: c2 } },
    ],
    [
      [],
      [`${name}: Cancelling`],
      [`${name}: Refused: No`, 'BtcTurk: “No”'],
      [`${name}: Cancelling`],
      [],
    ],
  ],
  [
    'what could not be begun, with what is to be done, each time',
    [open, asked, failed, failed, asked, failed],
    [
      [],
      [`${name}: Cancelling`],
      [`${name}: No answer`, 'Try again.'],
      [],
      [`${name}: Cancelling`],
      [`${name}: No answer`, 'Try again.'],
    ],
  ],
  ['an order that went by itself', [open, { kind: 'left' }], [[], [`${name}: No longer open`]]],
  [
    'of a Cancel all nothing: its panel tells',
    [open, { kind: 'left', cancellation: { state: 'cancelled', sweep: 's' as SweepId } }],
    [[], []],
  ],
])('%s', (_, looks, sentences) => {
  expect(hear(...looks)).toEqual(sentences);
});

test('of twenty that begin it is told in one sentence, and of their ends one by one as they came', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => index);
  const all = (state: 'sent' | 'cancelled') =>
    sourceOf(
      twenty.map((index) => ({
        kind: state === 'sent' ? 'cancelling' : 'left',
        cancellation: {
          state,
          id: `c${index}` as CancellationId,
          // They end in another order than they stand in.
          at: { requested: now, ended: now + ((index * 7) % 20) },
        },
      })),
    );
  const none = newsOf({ ...all('sent'), groups: [groupOf(account, [])] }, undefined);
  const begun = newsOf(all('sent'), none.told);
  expect(begun.sentences).toEqual(['Cancelling 20 orders']);
  const ended = newsOf(all('cancelled'), begun.told);
  const inTurn = twenty.toSorted((a, b) => ((a * 7) % 20) - ((b * 7) % 20));
  expect(ended.sentences).toEqual(inTurn.map((index) => `Buy BTCTRY ${index + 1}: Cancelled`));
  expect(newsOf(all('cancelled'), ended.told).sentences).toEqual([]);
});
