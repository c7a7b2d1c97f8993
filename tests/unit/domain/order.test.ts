import { expect, test } from 'vitest';
import { clientIdBeside, type ClientOrderId, type OrderId } from '#lib/domain/order.ts';

const uuid = '3fa42833-9508-4061-8d80-b68563dcd521';

test.each([
  ['the sender’s own', uuid, 'grid-7', 'grid-7'],
  ['the venue’s for one, as ZTDX gives where there was none', uuid, uuid, undefined],
  ['none', uuid, undefined, undefined],
  ['only the sender’s is known', undefined, 'grid-7', 'grid-7'],
  ['neither', undefined, undefined, undefined],
])('beside the id: %s', (_, id, clientOrderId, beside) => {
  const shown = clientIdBeside(
    id as OrderId | undefined,
    clientOrderId as ClientOrderId | undefined,
  );
  expect(shown).toBe(beside);
});
