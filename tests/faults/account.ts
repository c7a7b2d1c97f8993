import type { AccountId } from '#lib/domain/account.ts';
import { forTests, type Sandbox, type SandboxVenueName } from '#tests/sandbox/sandbox.ts';
import type { KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { Computer } from './computer.ts';
import type { AccountRecord } from './records.ts';

export type Venue = Sandbox['venues'][SandboxVenueName] & { readonly name: SandboxVenueName };

/** A venue as it was in the beginning, with orders in its book, and the user's account there. */
export async function addAccount(
  { ask }: Pick<Computer, 'ask'>,
  { book, clock, faults, keys, limits, name, requests, url }: Venue,
  index: number,
  hasStop: boolean,
): Promise<AccountRecord> {
  faults.clear();
  limits.reset();
  limits.enabled = forTests(name).limits !== false;
  requests.clear();
  clock.skewMs = 0;
  book.clear();
  const { key, secret } = (keys as KeyRing<never>).add();
  const { order, symbols } = forTests(name);
  const stop = { method: 'stop-limit', stopPrice: order.price } as const;
  const orders = [0, 1, 2, 3, 4].flatMap((number) => {
    const isStop = number === 4;
    if (isStop && !(hasStop && forTests(name).hasStops)) return [];
    return book.place({
      ...order,
      ...(isStop && stop),
      symbol: number < 3 ? symbols[0] : symbols[1],
      // Some venues have numbers alone for it.
      clientOrderId: `7700${index}${number}`,
      ageMs: 60_000 + number,
    });
  });
  const answer = await ask<{ accountId: AccountId }>({
    kind: 'save-account',
    venue: name,
    label: name,
    environment: 'sandbox',
    sandboxUrl: url,
    apiKey: key,
    apiSecret: secret,
  });
  if (!answer?.ok) throw new Error(`The account was not saved: ${JSON.stringify(answer)}`);
  const { accountId: id } = answer.value;
  const bookOf = (orderId: string) => book.find(orderId);
  return { id, venue: name, key, secret, orders, bookOf, removedAt: undefined };
}
