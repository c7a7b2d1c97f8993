import { expect, test } from 'vitest';
import { rightSeenIn, type CancelReply } from '#lib/domain/reply.ts';

const refused = (reason: 'no-right' | 'right-or-address' | 'unauthorized' | 'bad-key') =>
  ({ kind: 'refused', reason }) as const;

test.each<[reply: CancelReply, keyGood: boolean | undefined, keyDoubted: boolean | undefined]>([
  [{ kind: 'cancelled' }, true, true],
  [{ kind: 'accepted' }, true, true],
  // A venue may say this to whoever asks.
  [{ kind: 'claimed', claim: 'not-found' }, undefined, undefined],
  [{ kind: 'unknown' }, undefined, undefined],
  [{ kind: 'rate-limited', retryAfter: 1 }, undefined, undefined],
  [refused('no-right'), false, false],
  [refused('right-or-address'), false, undefined],
  [refused('unauthorized'), false, undefined],
  [refused('bad-key'), undefined, undefined],
])('%j shows of the right to cancel %s, where the key may be bad %s', (reply, good, doubted) => {
  expect([rightSeenIn(reply, true), rightSeenIn(reply, false)]).toEqual([good, doubted]);
});
