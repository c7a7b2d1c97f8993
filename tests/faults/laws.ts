import type { Cancellation } from '#lib/domain/cancellation.ts';
import { hasEnded, leavesTheBook, standingOf } from '#lib/domain/standing.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { AccountRecord, Records } from './records.ts';

/** What must hold of every run, whatever went wrong in it. Each tells how it is broken, where it is. */
export const laws = {
  'every wish that was taken ends, in one end': everyWishEnds,
  'what is shown as the end is what the book says': endIsTrue,
  'nothing is called cancelled while the book has it open': neverTooEarly,
  'no order is touched that nobody asked for': othersUntouched,
  'one cancel of an order is in the air at a time': oneInTheAir,
  'nothing is sent for a wish that slept for an hour': oldIsNotSent,
  'nothing is sent for an account after it was removed': removedIsLeftAlone,
  'the history has each wish once, its times in order': historyIsWhole,
  'no secret leaves the worker': secretsStay,
} satisfies Record<string, (records: Records) => string[]>;

export type LawName = keyof typeof laws;

export function brokenIn(records: Records): { law: LawName; how: string }[] {
  return (Object.keys(laws) as LawName[]).flatMap((law) =>
    laws[law](records).map((how) => ({ law, how })),
  );
}

function everyWishEnds({ history, injected, shown, settledAt, sweeps, wishes }: Records): string[] {
  if (settledAt === undefined || !history) return ['something never ended'];
  const rows = history.flatMap(({ cancellation }) => cancellation ?? []);
  const ids = wishes.flatMap((wish) => wish.ids);
  const lost = ids.filter((id) => !rows.some((row) => row.id === id));
  const open = rows.filter((row) => !hasEnded(row));
  // Where the disk took no end, it is found out anew.
  const isUnwritten = injected.some(({ kind }) => kind === 'write failed');
  const changed = shown.filter(({ cancellation: { id }, life }, index) => {
    const before = shown.slice(0, index).findLast(({ cancellation }) => cancellation.id === id);
    if (isUnwritten || !before || !hasEnded(before.cancellation)) return false;
    return life === before.life && !hasEnded(shown[index]?.cancellation ?? before.cancellation);
  });
  const ends = Map.groupBy(
    shown.filter(({ cancellation }) => hasEnded(cancellation) && endOf(cancellation)),
    ({ cancellation }) => cancellation.id,
  );
  const several = [...ends].filter(
    ([, all]) => new Set(all.map(({ cancellation }) => endOf(cancellation))).size > 1,
  );
  return [
    ...lost.map((id) => `${id} is not in the history`),
    ...open.map(({ id, state }) => `${id} is still ${state}`),
    ...changed.map(({ cancellation: { id } }) => `${id} went on after its end`),
    ...several.map(([id]) => `${id} had several ends`),
    ...forgotten(wishes, rows, sweeps),
  ];
}

/**
 * "Already cancelled" and "Cancelled" are one end: which it is hangs on clocks that a browser knows until it is closed. And an account
 * that is removed before its end stood in the journal has none.
 */
function endOf(cancellation: Cancellation): string | undefined {
  const said = standingOf(cancellation);
  return said === 'abandoned' ? undefined : said.replace('was-', '');
}

/** Of a Cancel all the orders have no ids yet when it is taken: what is open in the end must have been told of. */
function forgotten(
  wishes: Records['wishes'],
  rows: readonly Cancellation[],
  sweeps: Records['sweeps'],
): string[] {
  const isTold = (account: AccountRecord) =>
    sweeps.some(({ accounts }) =>
      accounts.some(({ accountId, phase }) => accountId === account.id && phase === 'left'),
    );
  return wishes
    .filter(({ answer }) => answer === 'taken')
    .filter(({ account }) => account.removedAt === undefined && !isTold(account))
    .flatMap(({ account, orders }) =>
      orders.filter(({ id }) => account.bookOf(id)?.status === 'open' && !rowOf(rows, id)),
    )
    .map(({ id }) => `order ${id} is open, and there is no word of it`);
}

const rowOf = (rows: readonly Cancellation[], id: string) =>
  rows.find((row) => isSame(row.ref.orderId ?? row.order?.id, id));

const isSame = (one: string | undefined, other: string) =>
  one?.toLowerCase() === other.toLowerCase();

function orderOf(accounts: readonly AccountRecord[], { ref }: Cancellation): BookOrder | undefined {
  const account = accounts.find(({ id }) => id === ref.accountId);
  const placed = account?.orders.find(({ id, clientOrderId }) =>
    ref.orderId === undefined ? clientOrderId === ref.clientOrderId : isSame(ref.orderId, id),
  );
  return placed && account?.bookOf(placed.id);
}

function endIsTrue({ accounts, endedElsewhere, history = [], shown, wishes }: Records): string[] {
  const ended = history.flatMap(({ cancellation }) => cancellation ?? []).filter(hasEnded);
  const standings = history.flatMap(({ row, cancellation }) =>
    cancellation
      ? [
          {
            row,
            cancellation,
            of: orderOf(accounts, cancellation)?.id,
            as: standingOf(cancellation),
          },
        ]
      : [],
  );
  /** Another wish of ours, asked for before or after this one, has ended the order. */
  const wasOurs = ({ id }: Cancellation, order: BookOrder, isBefore: boolean): boolean => {
    const own = standings.find(({ cancellation }) => cancellation.id === id)?.row ?? Infinity;
    return standings.some(
      ({ row, of, as }) =>
        of === order.id && as === 'cancelled' && (isBefore ? row < own : row > own),
    );
  };
  const endedBy = (cancellation: Cancellation, order: BookOrder): number | undefined =>
    endedElsewhere.get(order.id) ?? (wasOurs(cancellation, order, true) ? 0 : undefined);
  const inTheEnd = ended.flatMap((cancellation) => {
    const order = orderOf(accounts, cancellation);
    const elsewhereAt = order && endedBy(cancellation, order);
    const askedAt = wishes.find(({ ids }) => ids.includes(cancellation.id))?.at;
    // It came to nothing; a later wish did not.
    if (order && !leavesTheBook(cancellation) && wasOurs(cancellation, order, false)) return [];
    const wrong = contradiction(cancellation, order, elsewhereAt, askedAt);
    return wrong ? [wrong] : [];
  });
  // What pages saw meanwhile, as the book was then.
  const onTheWay = shown.flatMap(({ cancellation, order, endedElsewhereAt }) => {
    if (!leavesTheBook(cancellation)) return [];
    const before = endedElsewhereAt ?? (order && endedBy(cancellation, order));
    const wrong = contradiction(cancellation, order, before, undefined);
    return wrong ? [`on screen: ${wrong}`] : [];
  });
  return [...inTheEnd, ...onTheWay];
}

function contradiction(
  cancellation: Cancellation,
  order: BookOrder | undefined,
  elsewhereAt: number | undefined,
  askedAt: number | undefined,
): string | undefined {
  const said = standingOf(cancellation);
  const wrong = (why: string) => `${cancellation.id} is ${said}, ${why}`;
  if (said === 'abandoned') return undefined;
  if (!order) return said === 'not-found' ? undefined : wrong('and there is no such order');
  // A name that only open orders can be found by: nothing was sent.
  const isUnlisted = cancellation.ref.orderId === undefined && cancellation.sendings === 0;
  if (said === 'not-found' && isUnlisted && order.status !== 'open') return undefined;
  if (said === 'not-found') return wrong(`and the order is ${order.status}`);
  const { filled } = cancellation;
  if (said === 'cancelled' || said === 'was-cancelled') {
    if (order.status !== 'cancelled') return wrong(`and the order is ${order.status}`);
    if (said === 'was-cancelled' && elsewhereAt === undefined) return wrong('and it was us');
    if (said === 'was-cancelled' && askedAt !== undefined && (elsewhereAt ?? 0) > askedAt) {
      return wrong('and it was open when it was asked for');
    }
  } else if (said === 'filled') {
    if (order.status !== 'filled') return wrong(`and the order is ${order.status}`);
  } else {
    // It came to nothing: whoever has ended the order, it was not us.
    return order.status === 'cancelled' && elsewhereAt === undefined
      ? wrong('and the order was cancelled by us')
      : undefined;
  }
  return filled === undefined || Number(filled) === Number(order.filled)
    ? undefined
    : wrong(`filled ${filled}, and the book has ${order.filled}`);
}

function neverTooEarly({ shown }: Records): string[] {
  return shown
    .filter(
      ({ cancellation: { state }, order }) =>
        (state === 'cancelled' || state === 'was-cancelled') && order?.status === 'open',
    )
    .map(({ at, cancellation: { id } }) => `${id} at ${at} ms`);
}

function othersUntouched({ accounts, endedElsewhere, requests, wishes }: Records): string[] {
  const asked = new Set(
    wishes
      .filter(({ answer }) => answer === 'taken' || answer === 'none')
      .flatMap(({ orders }) => orders.map(({ id }) => id)),
  );
  const others = accounts.flatMap(({ orders }) => orders).filter(({ id }) => !asked.has(id));
  const touched = others.filter(({ id }) => {
    const account = accounts.find(({ orders }) => orders.some((order) => order.id === id));
    return account?.bookOf(id)?.status !== 'open' && !endedElsewhere.has(id);
  });
  const named = others.filter(({ id }) => requests.some(({ cancels }) => cancels.includes(id)));
  return [
    ...touched.map(({ id }) => `order ${id} is not open any more`),
    ...named.map(({ id }) => `order ${id} was named in a cancel`),
  ];
}

function oneInTheAir({ requests }: Records): string[] {
  const cancels = requests.filter(({ cancels: named }) => named.length > 0);
  return cancels.flatMap((one, index) =>
    cancels
      .slice(index + 1)
      .filter(
        (other) =>
          other.life === one.life &&
          other.at < (one.endedAt ?? Infinity) &&
          other.cancels.some((id) => one.cancels.includes(id)),
      )
      .map((other) => `${other.cancels.join(', ')} at ${one.at} and ${other.at} ms`),
  );
}

/** The user's mind may have changed; what was on its way then is. */
function oldIsNotSent({ injected, requests, wishes }: Records): string[] {
  const asleep = injected.filter(({ kind }) => kind === 'slept for an hour');
  return asleep.flatMap(({ at: sleptAt }) => {
    const stillMeant = wishes
      .filter(({ at }) => at >= sleptAt)
      .flatMap(({ orders }) => orders.map(({ id }) => id));
    return requests
      .filter(({ at, isCancel }) => isCancel && at > sleptAt)
      .filter(
        ({ cancels }) => cancels.length === 0 || cancels.some((id) => !stillMeant.includes(id)),
      )
      .filter(({ cancels }) => cancels.length > 0 || stillMeant.length === 0)
      .map(({ at, cancels }) => `asleep at ${sleptAt}, sent at ${at} ms: ${cancels.join(', ')}`);
  });
}

function removedIsLeftAlone({ requests }: Records): string[] {
  return requests
    .filter(({ account, at }) => account?.removedAt !== undefined && at > account.removedAt)
    .map(({ at, text }) => `at ${at} ms: ${text.split('\n').slice(0, 2).join(' ')}`);
}

function historyIsWhole({ history = [], schedule }: Records): string[] {
  const rows = history.flatMap(({ cancellation }) => cancellation ?? []);
  const unreadable = history.length - rows.length;
  const twice = rows.filter(({ id }, index) => rows.findIndex((row) => row.id === id) !== index);
  // By a clock that was set back, later is earlier.
  const isSetBack = schedule.faults.some(({ kind, by }) => kind === 'clock set' && by < 0);
  const disordered = rows.filter(({ at: { requested, sent, accepted, ended } }) => {
    const times = [requested, sent, accepted, ended].filter((time) => time !== undefined);
    return times.some((time, index) => time < (times[index - 1] ?? 0));
  });
  return [
    ...(unreadable > 0 ? [`${unreadable} rows cannot be read`] : []),
    ...twice.map(({ id }) => `${id} is there twice`),
    ...(isSetBack ? [] : disordered.map(({ id, at }) => `${id}: ${JSON.stringify(at)}`)),
  ];
}

function secretsStay({ accounts, requests, texts }: Records): string[] {
  const out = [...texts, ...requests.map(({ text }) => text)];
  const leaked = accounts.filter(({ secret }) => out.some((text) => text.includes(secret)));
  const inAddress = accounts.filter(({ key }) =>
    requests.some(({ text }) => text.split('\n')[1]?.includes(key)),
  );
  const passphrases = out.filter((text) => text.includes('a few words that only I'));
  return [
    ...leaked.map(({ venue }) => `the secret of ${venue}`),
    ...inAddress.map(({ venue }) => `the key of ${venue}, in an address`),
    ...(passphrases.length > 0 ? ['the passphrase'] : []),
  ];
}
