import { expect, test } from 'vitest';
import type { CancelAllPlan } from '#lib/protocol/messages.ts';
import { planWords } from '#lib/page/cancel-all/plan-words.ts';
import { accountOf } from '#tests/unit/support/view-world.ts';

const reais = accountOf('a', 'ripio', 'Reais');
const limited = (most: number, per: number) => ({ accountId: reais.id, limit: { most, per } });

const plans: [Partial<CancelAllPlan>, string][] = [
  [{ orders: 0 }, 'Nothing to send.'],
  [{ milliseconds: 0, slowest: limited(1, 1000) }, 'At once.'],
  [
    { milliseconds: 300, slowest: limited(10, 1000) },
    'Less than a second: Ripio Trade allows 10 requests a second.',
  ],
  [
    { milliseconds: 3001, slowest: limited(1, 1000) },
    'About 4 s: Ripio Trade allows 1 request a second.',
  ],
  [
    { milliseconds: 150_000, slowest: limited(120, 60_000) },
    'About 3 min: Ripio Trade allows 120 requests a minute.',
  ],
  [
    { milliseconds: 5000, slowest: limited(300, 10_000) },
    'About 5 s: Ripio Trade allows 300 requests in 10 s.',
  ],
  [
    { milliseconds: 2000, slowest: { accountId: reais.id } },
    'About 2 s: Ripio Trade has asked to wait.',
  ],
  [{ milliseconds: 2000 }, 'About 2 s.'],
];
test.each(plans)('%j', (plan, expected) => {
  expect(planWords({ orders: 5, milliseconds: 1, ...plan }, [reais])).toBe(expected);
});
