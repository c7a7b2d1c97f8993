import * as v from 'valibot';
import { remarkOf } from '#lib/domain/remark.ts';
import { isSameOrderId } from '#lib/domain/order-key.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import type { Said } from '#lib/venues/envelope.ts';
import { toBatch, toCancel } from '#lib/venues/error-table.ts';
import { unreadable } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { named, remove } from '#lib/venues/requests.ts';
import type { BatchCall } from '#lib/venues/venue.ts';
import type { BatchName, WireReply } from '#lib/venues/wire.ts';
import { readShown } from './calls.ts';
import { problemOf, said } from './errors.ts';
import { orderModel, type OrderModel } from './order.ts';

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
  read(reply, names) {
    const body = parseJson(reply.text);
    const problem = problemOf(reply, said(body));
    if (problem) return toBatch(problem);
    const values = v.safeParse(v.array(v.unknown()), body);
    return values.success
      ? { kind: 'batch', replies: readElements(reply, values.output, names) }
      : unreadable(reply);
  },
};

/** Orders are told by their ids; errors, which bear none, by their place, where every order stands in its own. */
function readElements(
  reply: WireReply,
  values: readonly unknown[],
  names: readonly BatchName[],
): CancelReply[] {
  const elements = values.map(readElement);
  const areInPlace =
    elements.length === names.length &&
    names.every(({ orderId }, index) => {
      const order = elements[index]?.order;
      return order === undefined || isSameOrderId(order.orderId, orderId);
    });
  return names.map(({ orderId }, index) => {
    const found = elements.find(
      ({ order }) => order && isSameOrderId(order.orderId, orderId),
    )?.order;
    if (found !== undefined) return readNamed(found);
    const told = areInPlace ? elements[index]?.told : undefined;
    const problem = told && problemOf(reply, told);
    return problem ? toCancel(problem) : leftOut;
  });
}

const leftOut: CancelReply = { kind: 'unknown', note: { code: 'left-out' } };

type Element = { readonly order?: OrderModel; readonly told?: Said };

function readElement(value: unknown): Element {
  const model = v.safeParse(orderModel, value);
  return model.success && model.output.status !== ''
    ? { order: model.output }
    : { told: said(value) };
}

/**
 * Unlike a single cancel, `CANCELED` is also said of orders that had been cancelled before. Which of the two it is, the
 * time of the last change tells; where the reply has none, reading the order does.
 */
function readNamed(order: OrderModel): CancelReply {
  const shown = readShown(order);
  if (shown.kind !== 'cancelled') return shown;
  const { updateTime: updatedAt } = order;
  return updatedAt === undefined
    ? { kind: 'accepted', ...remarkOf(shown) }
    : { ...shown, updatedAt };
}
