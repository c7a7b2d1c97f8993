import { leavesTheBook } from '#lib/domain/standing.ts';
import type { Records } from '#tests/faults/records.ts';

export function othersUntouched({ accounts, endedElsewhere, requests, wishes }: Records): string[] {
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

/** Of an order that had ended elsewhere before, or whose end had been told, nobody can know that two names mean the same. */
export function oneInTheAir({ endedElsewhere, requests, shown }: Records): string[] {
  const endOf = (id: string) =>
    Math.min(
      endedElsewhere.get(id) ?? Infinity,
      ...shown
        .filter(({ cancellation, order }) => order?.id === id && leavesTheBook(cancellation))
        .map(({ at }) => at),
    );
  const cancels = requests.filter(({ cancels: named }) => named.length > 0);
  return cancels.flatMap((one, index) =>
    cancels
      .slice(index + 1)
      .filter(
        (other) =>
          other.life === one.life &&
          other.at < (one.endedAt ?? Infinity) &&
          other.cancels.some((id) => one.cancels.includes(id) && endOf(id) > other.at),
      )
      .map((other) => `${other.cancels.join(', ')} at ${one.at} and ${other.at} ms`),
  );
}

/** The user's mind may have changed; what was on its way then is. */
export function oldIsNotSent({ injected, requests, wishes }: Records): string[] {
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

export function removedIsLeftAlone({ requests }: Records): string[] {
  return requests
    .filter(({ account, at }) => account?.removedAt !== undefined && at > account.removedAt)
    .map(({ at, text }) => `at ${at} ms: ${text.split('\n').slice(0, 2).join(' ')}`);
}
