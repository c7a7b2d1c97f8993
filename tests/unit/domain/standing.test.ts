import { expect, test } from 'vitest';
import {
  hasEnded,
  isTrouble,
  leavesTheBook,
  mayBeAskedAgain,
  standingOf,
  type Standing,
  type Stated,
} from '#lib/domain/standing.ts';
import { tallyKey, type TallyKey } from '#lib/domain/sweep.ts';

const yes = true;
const no = false;

/** A key per standing: a new one does not compile without its row here. */
const standings: Record<
  Standing,
  [
    of: Stated,
    answers: [ended: boolean, leaves: boolean, again: boolean, trouble: boolean],
    counted: TallyKey,
  ]
> = {
  requested: [{ state: 'requested' }, [no, no, no, yes], 'requested'],
  sent: [{ state: 'sent' }, [no, no, no, yes], 'sent'],
  accepted: [{ state: 'accepted' }, [no, no, no, yes], 'accepted'],
  unknown: [{ state: 'unknown' }, [no, no, no, yes], 'unknown'],
  cancelled: [{ state: 'cancelled' }, [yes, yes, no, no], 'cancelled'],
  'was-cancelled': [{ state: 'was-cancelled' }, [yes, yes, no, no], 'was-cancelled'],
  filled: [{ state: 'filled' }, [yes, yes, no, yes], 'filled'],
  'not-found': [{ state: 'not-found' }, [yes, yes, no, yes], 'not-found'],
  refused: [{ state: 'refused' }, [yes, no, yes, yes], 'refused'],
  stopped: [{ state: 'requested', stopped: true }, [yes, no, yes, yes], 'stopped'],
  // Counted with the other as long as it has been stored.
  lapsed: [{ state: 'unknown', stopped: true, lapsed: true }, [yes, no, yes, yes], 'stopped'],
  abandoned: [{ state: 'sent', abandoned: true }, [yes, no, no, yes], 'abandoned'],
};

test.each(Object.entries(standings))('%s', (standing, [of, answers, counted]) => {
  expect(standingOf(of)).toBe(standing);
  expect([hasEnded(of), leavesTheBook(of), mayBeAskedAgain(of), isTrouble(of)]).toEqual(answers);
  expect(tallyKey(of)).toBe(counted);
});

test.each(Object.values(standings).map(([{ state }]) => state))(
  'what ends the wish alone counts, though it was %s before',
  (state) => {
    expect(standingOf({ state })).toBe(state);
    expect(standingOf({ state, stopped: true })).toBe('stopped');
    expect(standingOf({ state, stopped: true, lapsed: true })).toBe('lapsed');
    expect(standingOf({ state, abandoned: true })).toBe('abandoned');
  },
);

test.each(Object.keys(standings) as Standing[])('%s: its answers fit together', (standing) => {
  const [of] = standings[standing];
  // Only an end closes an order or leaves it to be asked for again, and none does both.
  if (leavesTheBook(of) || mayBeAskedAgain(of)) expect(hasEnded(of)).toBe(true);
  expect(leavesTheBook(of) && mayBeAskedAgain(of)).toBe(false);
  if (!isTrouble(of)) expect(leavesTheBook(of)).toBe(true);
});
