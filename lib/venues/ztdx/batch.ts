import { isSameOrderId } from '#lib/domain/order-key.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { toBatch, toCancel } from '#lib/venues/error-table.ts';
import type { OrderModel } from '#lib/venues/order-form.ts';
import { named, remove } from '#lib/venues/requests.ts';
import type { BatchCall } from '#lib/venues/venue.ts';
import type { BatchName, WireReply } from '#lib/venues/wire.ts';
import { problemOf, read, said } from './errors.ts';
import { orders } from './order.ts';

/** Source: docs.p99.world, batch-cancel-orders. Ids are quoted, since those in recorded answers are UUIDs. */
export const cancelBatch: BatchCall = {
  most: 10,
  oneSymbol: true,
  request: (names) =>
    remove('/fapi/v1/batchOrders', {
      query: {
        symbol: names[0]?.symbol,
        orderIdList: JSON.stringify(names.map(({ orderId }) => named(orderId))),
      },
    }),
  read: (reply, names) =>
    read(reply, toBatch, (body) =>
      Array.isArray(body)
        ? { kind: 'batch', replies: readElements(reply, body, names) }
        : undefined,
    ),
};

/** Orders are told by their ids; errors, which bear none, by their place, where every order stands in its own. */
function readElements(
  reply: WireReply,
  values: readonly unknown[],
  names: readonly BatchName[],
): CancelReply[] {
  const models = values.map(orders.one);
  const areInPlace =
    values.length === names.length &&
    names.every(({ orderId }, at) => isSameOrderId(models[at]?.id ?? orderId, orderId));
  return names.map(({ orderId }, at) => {
    const model = models.find((each) => each && isSameOrderId(each.id, orderId));
    if (model) return readNamed(model);
    const problem = areInPlace ? problemOf(reply, said(values[at])) : undefined;
    return problem ? toCancel(problem) : leftOut;
  });
}

const leftOut: CancelReply = { kind: 'unknown', note: { code: 'left-out' } };

/**
 * Unlike a single cancel, `CANCELED` is also said of orders that had been cancelled before. Which of the two it is, the
 * time of the last change tells; where the reply has none, reading the order does.
 */
function readNamed(model: OrderModel): CancelReply {
  const shown = orders.shownBy(model);
  if (shown.kind !== 'cancelled') return shown;
  const { updatedAt } = model;
  return updatedAt === undefined
    ? { kind: 'accepted', ...remarkOf(shown) }
    : { ...shown, updatedAt };
}
