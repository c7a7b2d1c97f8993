import type { BanFault, CancelFault, Encounter, LeaveOutFault, Slow, When } from './faults.ts';
import { withOddOrders } from './odd-orders.ts';
import { endlessReply, hugeReply, nested } from './oversized.ts';
import { emptyReply, htmlReply, type Reply } from './reply.ts';
import type { Timers } from './timers.ts';
import type { VenueClock } from './venue-clock.ts';
import type { Route, VenueParts, VenueRequest, VenueRules } from './venue.ts';

/** The connection is cut without a word. */
export const dropped = Symbol('dropped');

type Fault<ErrorName extends string> = NonNullable<Encounter<ErrorName>['fault']>;

/**
 * The way of one request through a venue: limits, signature and rights, faults asked for, the work itself.
 * A request refused by the first two meets no fault, so that a fault never hides a client's own mistake.
 */
export async function answer<Right extends string, ErrorName extends string>(
  route: Route<Right>,
  request: VenueRequest,
  parts: VenueParts<Right, ErrorName>,
  rules: VenueRules<Right, ErrorName>,
): Promise<Reply | typeof dropped> {
  const account = request.headers[rules.keyHeader] ?? '';
  const weight = route.weight?.(request) ?? 1;
  const refusal = parts.limits.check(route.operation, { account, ip: request.address }, weight);
  if (refusal) return rules.tooManyRequests(refusal, false);
  const unauthorized = route.right && rules.authorize(request, route.right);
  if (unauthorized) return unauthorized;

  const { slow, fault } = parts.faults.take(route.operation, orderNames(route, request, parts));
  await pause(slow, 'before-acting', parts.timers);
  const reply = act(route, request, parts, rules, fault);
  await pause(slow, 'after-acting', parts.timers);
  return reply;
}

/** Slowness, where it lies on this side of the work. */
export async function pause(slow: Slow | undefined, when: When, timers: Timers): Promise<void> {
  if (!slow || (slow.when ?? 'before-acting') !== when) return;
  if (slow.kind === 'delay') return timers.wait(slow.ms);
  slow.arrive();
  return slow.released;
}

/** A fault meant for one order finds it by either of its names. */
function orderNames<Right extends string, ErrorName extends string>(
  route: Route<Right>,
  request: VenueRequest,
  { book }: VenueParts<Right, ErrorName>,
): string[] {
  const names = route.orderNames?.(request) ?? [route.orderName?.(request)];
  return names
    .filter((name) => name !== undefined)
    .flatMap((name) => {
      const order = book.find(name) ?? book.findByClientOrderId(name);
      return [name, order?.id, order?.clientOrderId].filter((known) => known !== undefined);
    });
}

function act<Right extends string, ErrorName extends string>(
  route: Route<Right>,
  request: VenueRequest,
  parts: VenueParts<Right, ErrorName>,
  rules: VenueRules<Right, ErrorName>,
  fault: Fault<ErrorName> | undefined,
): Reply | typeof dropped {
  if (!fault || bendsTheWork(fault)) return route.act(request, fault);
  if (fault.kind === 'rate-limit') {
    const retryAfterMs = fault.seconds * 1000;
    parts.limits.block(route.operation, retryAfterMs);
    const rule = parts.limits.rules.find(({ operations }) => operations.includes(route.operation));
    return rules.tooManyRequests({ rule, retryAfterMs }, true);
  }
  if (fault.kind === 'ban') {
    parts.limits.block(route.operation, fault.ms);
    return banned(fault, parts.clock, rules);
  }
  if (fault.kind === 'huge') return hugeReply(route.act(request), fault);
  if (fault.kind === 'endless') return endlessReply(route.act(request));
  if (fault.kind === 'odd-orders') return withOddOrders(route.act(request), fault);
  if ('when' in fault && fault.when === 'after-acting') route.act(request);
  return spoiltReply(fault, rules);
}

/** In the words of Binance's ban, by the venue's clock; the date in whole seconds, rounded up. */
function banned<Right extends string, ErrorName extends string>(
  { ms, told, status = 418 }: BanFault,
  clock: VenueClock,
  rules: VenueRules<Right, ErrorName>,
): Reply {
  const until = Math.ceil(clock.now() + ms);
  if (told === 'moment') {
    return rules.refusal(status, `Way too much request weight used; IP banned until ${until}.`);
  }
  const reply = rules.refusal(status, 'Banned');
  const date = new Date(Math.ceil(until / 1000) * 1000).toUTCString();
  return { ...reply, headers: { ...reply.headers, 'retry-after': date } };
}

function bendsTheWork<ErrorName extends string>(
  fault: Fault<ErrorName>,
): fault is CancelFault | LeaveOutFault {
  return fault.kind.startsWith('accept-') || fault.kind === 'leave-out';
}

function spoiltReply<Right extends string, ErrorName extends string>(
  fault: Exclude<
    Fault<ErrorName>,
    CancelFault | LeaveOutFault | { kind: 'rate-limit' | 'ban' | 'odd-orders' | 'huge' | 'endless' }
  >,
  rules: VenueRules<Right, ErrorName>,
): Reply | typeof dropped {
  switch (fault.kind) {
    case 'refuse':
      return rules.errors[fault.error];
    case 'drop':
      return dropped;
    case 'status':
      return emptyReply(fault.status);
    case 'garbage':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"succ' };
    case 'deep':
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: nested(fault.depth),
      };
    case 'empty':
      return emptyReply(200);
    case 'html':
      return htmlReply(fault.status ?? 200, 'Just a moment...');
    case 'body':
      return {
        status: fault.status ?? 200,
        headers: { 'content-type': 'application/json' },
        body: fault.body,
      };
    case 'redirect':
      return { status: 302, headers: { location: fault.location } };
  }
}
