import { htmlReply, jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';

/**
 * Status and message of each documented code (fact sheet 1.7). Which status -1000, -1006 and -1007 come with no document says: here
 * one of them has 400, so that the code alone tells.
 */
const table = {
  '-1000': [500, 'An unknown error occurred while processing the request.'],
  '-1001': [500, 'Internal error; unable to process your request. Please try again.'],
  '-1002': [401, 'You are not authorized to execute this request.'],
  '-1003': [
    429,
    'Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.',
  ],
  '-1006': [
    500,
    'An unexpected response was received from the message bus. Execution status unknown.',
  ],
  '-1007': [
    400,
    'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
  ],
  '-1016': [503, 'This service is no longer available.'],
  '-1021': [400, 'Timestamp for this request is outside of the recvWindow.'],
  '-1022': [400, 'Signature for this request is not valid.'],
  '-1100': [400, 'Illegal characters found in a parameter.'],
  '-1101': [400, 'Duplicate values for a parameter detected.'],
  '-1102': [400, 'A mandatory parameter was not sent, was empty/null, or malformed.'],
  '-1105': [400, 'A parameter was empty.'],
  '-1121': [400, 'Invalid symbol.'],
  '-1131': [400, 'recvWindow must be less than 60000.'],
  '-2008': [401, 'Invalid Api-Key ID.'],
  '-2011': [400, 'Unknown order sent.'],
  '-2013': [400, 'Order does not exist.'],
  '-2014': [401, 'API-key format invalid.'],
  '-2015': [401, 'Invalid API-key, IP, or permissions for action.'],
  '-2026': [
    400,
    'Order was canceled or expired with no executed qty over 90 days ago and has been archived.',
  ],
  '-2039': [400, 'Client order ID is not correct for this order ID.'],
} as const satisfies Record<string, readonly [number, string]>;

type Code = keyof typeof table;
export type BinanceError =
  | Code
  | 'may-not-cancel'
  | 'action-disabled'
  | 'market-closed'
  | 'other-cancel-reject'
  | '403'
  | '404'
  | '418'
  | '503';

export interface ErrorBody {
  readonly code: number;
  readonly msg: string;
}

/** -2011 with other texts (fact sheet 1.7). */
const rejections = {
  'may-not-cancel': 'This account may not place or cancel orders.',
  'action-disabled': 'This action is disabled on this account.',
  'market-closed': 'Market is closed.',
  'other-cancel-reject': 'Order cancellation is not possible.',
} as const;

export function errorOf(name: BinanceError): {
  readonly status: number;
  readonly error: ErrorBody;
} {
  if (name in table) {
    const [status, msg] = table[name as Code];
    return { status, error: { code: Number(name), msg } };
  }
  const rejection = rejections[name as keyof typeof rejections] as string | undefined;
  if (rejection !== undefined) return { status: 400, error: { code: -2011, msg: rejection } };
  const status = Number(name);
  const msg = status === 418 ? 'Way too much request weight used; IP banned.' : 'Unknown error.';
  return { status, error: { code: status === 418 ? -1003 : -1000, msg } };
}

const reply = (name: BinanceError): Reply => {
  const { status, error } = errorOf(name);
  return jsonReply(status, error);
};

const numbered = Object.fromEntries(
  [...Object.keys(table), ...Object.keys(rejections)].map((name) => [
    name,
    reply(name as BinanceError),
  ]),
) as Record<Code | keyof typeof rejections, Reply>;

export const errors: Readonly<Record<BinanceError, Reply>> = {
  ...numbered,
  '403': htmlReply(403, 'Forbidden'),
  '404': htmlReply(404, 'Not Found'),
  '418': after(reply('418'), 120),
  '503': reply('503'),
};

function after(refused: Reply, seconds: number): Reply {
  return { ...refused, headers: { ...refused.headers, 'retry-after': String(seconds) } };
}

/** In seconds (fact sheet 1.8). */
export const tooManyRequests = ({ retryAfterMs }: Refusal): Reply =>
  after(errors['-1003'], Math.ceil(retryAfterMs / 1000));

export const refusal = (status: number, msg: string): Reply =>
  jsonReply(status, { code: -1003, msg });
