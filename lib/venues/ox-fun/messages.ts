import * as v from 'valibot';
import { bytesToBase64 } from '#lib/domain/base64.ts';
import { parseJson } from '#lib/venues/json.ts';
import { orderId } from '#lib/venues/order-schema.ts';
import type { Signer } from '#lib/venues/wire.ts';

/** What is said on the WebSocket by cancels and stream alike. Source: OX.FUN API documents, WebSocket API. */

export const path = '/v2/websocket';

/** Bare text, at least once a minute; the answer is bare text too. */
export const ping = { text: 'ping', every: 25_000 };

export async function login({ apiKey, timestamp, sign }: Signer): Promise<string> {
  const signature = bytesToBase64(await sign(`${timestamp}GET/auth/self/verify`));
  return JSON.stringify({
    op: 'login',
    tag: 'login',
    data: { apiKey, timestamp: String(timestamp), signature },
  });
}

/** To what becomes of all orders. */
export const subscribe = JSON.stringify({ op: 'subscribe', tag: 'orders', args: ['order:all'] });

const messageSchema = v.object({
  event: v.nullish(v.string()),
  table: v.nullish(v.string()),
  success: v.nullish(v.boolean()),
  submitted: v.nullish(v.boolean()),
  tag: v.nullish(v.string()),
  code: v.nullish(v.string()),
  message: v.nullish(v.string()),
  data: v.optional(v.unknown()),
});
export type Message = v.InferOutput<typeof messageSchema>;

/** Undefined for what is none: `pong`, and whatever else may come. */
export function parseMessage(text: string): Message | undefined {
  const parsed = v.safeParse(messageSchema, parseJson(text));
  return parsed.success ? parsed.output : undefined;
}

/** Logged in already is as good as logged in. */
export function isLoggedIn({ success, code }: Message): boolean {
  return success === true || code === '20005';
}

/** An order that is named, whatever else is said of it. */
export const named = v.object({ orderId });
