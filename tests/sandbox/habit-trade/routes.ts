import * as v from 'valibot';
import { tryParseJson } from '#tests/sandbox/shared/json.ts';
import { jsonReply } from '#tests/sandbox/shared/reply.ts';
import type { Route } from '#tests/sandbox/shared/venue.ts';
import type { HabitTradeRight } from './authorize.ts';
import { cancelBatch, cancelOne, type Desk, type Named } from './cancelling.ts';
import { orderPage, type ListSettings } from './order-list.ts';

const named = v.object({
  order_no: v.optional(v.string()),
  reference_id: v.optional(v.string()),
});

const maxBatch = 5;

/** The endpoints of fact sheet 3.4 and 3.6: there is none for the time, a single order or a cancel of all. */
export function routes(desk: Desk & { settings: ListSettings }): Route<HabitTradeRight>[] {
  const { book, settings, errors } = desk;
  return [
    {
      method: 'DELETE',
      path: '/trade/v1/orders',
      operation: 'cancel',
      right: 'trade',
      orderName({ body }) {
        const one = parse(named, body);
        return one && name(one);
      },
      act({ body }, fault) {
        const one = parse(named, body);
        return one ? cancelOne(one, desk, fault) : errors()['030202'];
      },
    },
    {
      method: 'DELETE',
      path: '/trade/v1/orders/batch',
      operation: 'cancel-batch',
      right: 'trade',
      orderNames: ({ body }) =>
        (parse(v.array(named), body) ?? []).map(name).filter((known) => known !== undefined),
      act({ body }, fault) {
        const all = parse(v.array(named), body);
        if (!all) return errors()['030202'];
        if (all.length === 0) return errors()['11030201'];
        return all.length > maxBatch ? errors()['11030204'] : cancelBatch(all, desk, fault);
      },
    },
    {
      method: 'GET',
      path: '/trade/v1/orders',
      operation: 'open-orders',
      right: 'read',
      act({ query }) {
        const page = orderPage(book.all(), query, settings);
        return page ? jsonReply(200, { code: 0, data: page }) : errors()['030202'];
      },
    },
  ];
}

const name = ({ order_no, reference_id }: Named): string | undefined =>
  order_no || reference_id || undefined;

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  body: string,
): v.InferOutput<Schema> | undefined {
  const parsed = v.safeParse(schema, tryParseJson(body));
  return parsed.success ? parsed.output : undefined;
}
