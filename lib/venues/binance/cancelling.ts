import * as v from 'valibot';
import { orderIdKey } from '#lib/domain/order-key.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { nameOf } from '#lib/venues/binance-dialect.ts';
import type { Call } from '#lib/venues/call.ts';
import { toBatch, toCancel, toFailure } from '#lib/venues/error-table.ts';
import { saying } from '#lib/venues/failure.ts';
import type { OrderModel } from '#lib/venues/order-form.ts';
import { clientOrderId } from '#lib/venues/order-schema.ts';
import { remove } from '#lib/venues/requests.ts';
import type { CancelEveryCall, CancelEveryReply } from '#lib/venues/venue.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { read } from './errors.ts';
import { isAt, mayBe, orders } from './order.ts';

/**
 * The reply comes from the matching engine: `CANCELED` is the proof. A leg's cancel cancels its list, and the reply is the list.
 * Source: rest-api, cancel order.
 */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) => remove('/api/v3/order', { query: nameOf(order) }),
  read: (reply, order) => read(reply, toCancel, (body) => replyTo(order, reportsIn(body))),
};

function replyTo(order: OrderName, reports: readonly Report[]): CancelReply | undefined {
  const [first] = reports;
  const found = reports.find((each) => isOf(order, each));
  // A reply that names other orders proves nothing of this one.
  if (!found) return first && { kind: 'accepted', ...saying(first.status) };
  const shown = orders.shownBy(found);
  const others = reports
    .filter((each) => each !== found && isAt(order.symbol, each))
    .filter((each) => orders.shownBy(each).kind === 'cancelled')
    .map(({ id }) => id);
  return shown.kind === 'cancelled' && others.length > 0 ? { ...shown, others } : shown;
}

/** Of a symbol alone; stops and lists are taken along, and all are named. Source: rest-api, cancel all open orders on a symbol. */
export const cancelEvery: CancelEveryCall = {
  of: 'symbol',
  takesProtective: true,
  onlyWithProtective: true,
  request: (symbol) => remove('/api/v3/openOrders', { query: { symbol } }),
  read: (reply, symbol) =>
    read(
      reply,
      (problem) => {
        // There was nothing to cancel.
        if (problem.claim === 'not-found') return every([]);
        // No order is named: a right that is missing is the account's.
        return problem.mayBeOfOrder ? toBatch(problem) : toFailure(problem);
      },
      (body) =>
        Array.isArray(body)
          ? every(body.flatMap(reportsIn).filter((report) => isAt(symbol, report)))
          : undefined,
    ),
};

function every(reports: readonly Report[]): CancelEveryReply {
  return {
    kind: 'every',
    replies: new Map(reports.map((report) => [orderIdKey(report.id), orders.shownBy(report)])),
  };
}

const listModel = v.object({ orderReports: v.array(v.unknown()) });
/** After a cancel the order bears the cancel's client id. */
const original = v.object({ origClientOrderId: clientOrderId });

type Report = OrderModel & Partial<v.InferOutput<typeof original>>;

/** One order, or each of a list's; of one without a status nothing is known. */
function reportsIn(body: unknown): readonly Report[] {
  const list = v.safeParse(listModel, body);
  return (list.success ? list.output.orderReports : [body]).flatMap((value) => {
    const model = orders.one(value);
    const own = v.safeParse(original, value);
    return model ? [{ ...model, ...(own.success && own.output) }] : [];
  });
}

function isOf(name: OrderName, report: Report): boolean {
  const { origClientOrderId: before } = report;
  const isBorne = 'orderId' in name || before === undefined || before === name.clientOrderId;
  return isBorne && mayBe(name, report);
}
