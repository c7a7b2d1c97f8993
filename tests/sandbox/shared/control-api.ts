import { Hono, type Env } from 'hono';
import * as v from 'valibot';
import { oddities } from './odd-orders.ts';
import { operations } from './operation.ts';
import { orderMethods } from './order-book.ts';
import type { VenueParts, VenueRules } from './venue.ts';

const decimal = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/));
const milliseconds = v.pipe(v.number(), v.minValue(0));
const when = v.optional(v.picklist(['before-acting', 'after-acting']));

const newOrder = v.strictObject({
  id: v.optional(v.string()),
  clientOrderId: v.optional(v.string()),
  symbol: v.string(),
  side: v.picklist(['buy', 'sell']),
  method: v.optional(v.picklist(orderMethods)),
  price: decimal,
  stopPrice: v.optional(decimal),
  quantity: decimal,
  filled: v.optional(decimal),
  status: v.optional(v.picklist(['cancelled', 'rejected', 'expired'])),
  reason: v.optional(v.string()),
  statusWord: v.optional(v.string()),
  reduceOnly: v.optional(v.boolean()),
  parentId: v.optional(v.string()),
  isForeign: v.optional(v.boolean()),
  ageMs: v.optional(milliseconds),
});

function faultSchema<ErrorName extends string>(errors: readonly ErrorName[]) {
  return v.variant('kind', [
    v.strictObject({
      kind: v.literal('accept-then-fill'),
      delayMs: v.optional(milliseconds),
      quantity: v.optional(decimal),
    }),
    v.strictObject({ kind: v.literal('accept-then-cancel'), delayMs: v.optional(milliseconds) }),
    v.strictObject({ kind: v.literal('accept-and-forget') }),
    v.strictObject({ kind: v.literal('refuse'), error: v.picklist(errors), when }),
    v.strictObject({ kind: v.literal('rate-limit'), seconds: v.number() }),
    v.strictObject({
      kind: v.literal('body'),
      body: v.string(),
      status: v.optional(v.number()),
      when,
    }),
    v.strictObject({
      kind: v.literal('odd-orders'),
      oddity: v.picklist(oddities),
      orderIds: v.optional(v.array(v.string())),
    }),
    v.strictObject({
      kind: v.literal('ban'),
      ms: milliseconds,
      told: v.picklist(['moment', 'date']),
      status: v.optional(v.number()),
    }),
    v.strictObject({
      kind: v.literal('drop'),
      when: v.picklist(['before-acting', 'after-acting']),
    }),
    v.strictObject({ kind: v.literal('status'), status: v.number(), when }),
    v.strictObject({ kind: v.literal('garbage'), when }),
    v.strictObject({ kind: v.literal('huge'), bytes: v.number(), gzip: v.optional(v.boolean()) }),
    v.strictObject({ kind: v.literal('endless') }),
    v.strictObject({ kind: v.literal('deep'), depth: v.number(), when }),
    v.strictObject({ kind: v.literal('empty'), when }),
    v.strictObject({ kind: v.literal('html'), status: v.optional(v.number()), when }),
    v.strictObject({ kind: v.literal('redirect'), location: v.string() }),
    v.strictObject({ kind: v.literal('delay'), ms: milliseconds, when }),
    v.strictObject({
      kind: v.literal('leave-out'),
      orderIds: v.array(v.string()),
      error: v.optional(v.picklist(errors)),
    }),
    v.strictObject({ kind: v.literal('late-failure'), delayMs: v.optional(milliseconds) }),
    v.strictObject({ kind: v.literal('push-before-reply') }),
    v.strictObject({ kind: v.literal('duplicate-push') }),
    v.strictObject({ kind: v.literal('out-of-order-push') }),
    v.strictObject({ kind: v.literal('lost-push') }),
    v.strictObject({ kind: v.literal('no-reply'), when }),
    v.strictObject({ kind: v.literal('close'), code: v.optional(v.number()), when }),
  ]);
}

/**
 * The in-process controls over HTTP, for a driver in another process: README.md lists the paths. No venue has a path
 * that starts with /sandbox. A wrong request is answered 400 with the reason.
 */
export function controlApi<Right extends string, ErrorName extends string>(
  { book, faults, clock, requests, limits, reseed }: VenueParts<Right, ErrorName>,
  rules: VenueRules<Right, ErrorName>,
): Hono<Env> {
  const operation = v.picklist([...operations, 'any']);
  const orderId = v.optional(v.string());
  const newFault = v.strictObject({
    operation,
    fault: faultSchema(Object.keys(rules.errors) as ErrorName[]),
    times: v.optional(v.union([v.pipe(v.number(), v.minValue(1)), v.literal('always')])),
    orderId,
  });
  const newHold = v.strictObject({
    operation,
    orderId: v.exactOptional(v.string()),
    when: v.exactOptional(v.picklist(['before-acting', 'after-acting'])),
  });
  const fill = v.strictObject({ quantity: v.optional(decimal) });
  const amendment = v.strictObject({ price: v.optional(decimal), quantity: v.optional(decimal) });
  const end = v.strictObject({
    status: v.picklist(['rejected', 'expired']),
    reason: v.optional(v.string()),
  });

  const api = new Hono();
  api.onError((error, context) => context.json({ error: error.message }, 400));
  api.get('/orders', (context) => context.json(book.all()));
  api.post('/orders', async (context) =>
    context.json(book.place(v.parse(newOrder, await context.req.json()))),
  );
  api.delete('/orders', (context) => {
    book.clear();
    return context.json(book.all());
  });
  api.post('/orders/reseed', (context) => {
    reseed();
    return context.json(book.all());
  });
  api.post('/orders/:id/fill', async (context) => {
    const { quantity } = v.parse(fill, JSON.parse((await context.req.text()) || '{}'));
    return context.json(book.fill(context.req.param('id'), quantity));
  });
  api.post('/orders/:id/amend', async (context) =>
    context.json(book.amend(context.req.param('id'), v.parse(amendment, await context.req.json()))),
  );
  api.post('/orders/:id/cancel', (context) => context.json(book.cancel(context.req.param('id'))));
  api.post('/orders/:id/end', async (context) => {
    const { status, reason } = v.parse(end, await context.req.json());
    return context.json(book.end(context.req.param('id'), status, reason));
  });
  api.post('/faults', async (context) => {
    const { fault, ...scope } = v.parse(newFault, await context.req.json());
    faults.add(scope.operation, fault, scope);
    return context.json({});
  });
  api.post('/faults/hold', async (context) => {
    const { operation: held, ...scope } = v.parse(newHold, await context.req.json());
    faults.hold(held, scope);
    return context.json({});
  });
  api.post('/faults/release', (context) => {
    faults.release();
    return context.json({});
  });
  api.delete('/faults', (context) => {
    faults.clear();
    rules.sockets?.faults.clear();
    return context.json({});
  });
  api.put('/clock', async (context) => {
    clock.skewMs = v.parse(v.strictObject({ skewMs: v.number() }), await context.req.json()).skewMs;
    return context.json({ now: clock.now() });
  });
  api.put('/limits', async (context) => {
    limits.enabled = v.parse(
      v.strictObject({ enabled: v.boolean() }),
      await context.req.json(),
    ).enabled;
    limits.reset();
    return context.json({});
  });
  api.get('/requests', (context) => context.json(requests.list));
  api.delete('/requests', (context) => {
    requests.clear();
    return context.json({});
  });
  api.all('*', (context) => context.json({ error: 'No such control' }, 404));
  return api;
}
