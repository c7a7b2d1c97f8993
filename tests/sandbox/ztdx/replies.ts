import { htmlReply, jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';

export interface ReplySettings {
  /** `{"code":-2011,"msg":…}` as of the futures pages, or the web API's `{"error":…,"code":"CANCEL_REJECTED"}`. */
  errorShape: 'code-msg' | 'code-error';
  /** Each way in which a trigger order cannot be cancelled has its own code, or all are -2011. */
  triggerErrors: 'distinct' | 'same';
  /** 429 and 418 say for how long: not documented for the futures. */
  retryAfter: boolean;
}

/** Status, code, the code in words, message: Binance's, but for INVALID_TIMESTAMP, which is ZTDX's own too (fact sheet 2.6). */
const table = {
  '-1000': [500, 'UNKNOWN', 'An unknown error occurred while processing the request.'],
  '-1001': [500, 'DISCONNECTED', 'Internal error; unable to process your request. Please retry.'],
  '-1003': [429, 'TOO_MANY_REQUESTS', 'Too many requests; current limit is 2400 per minute.'],
  '-1006': [500, 'UNEXPECTED_RESP', 'Unexpected response from the message bus. Status unknown.'],
  '-1007': [408, 'TIMEOUT', 'Timeout waiting for response from backend server. Status unknown.'],
  '-1016': [503, 'SERVICE_SHUTTING_DOWN', 'This service is no longer available.'],
  '-1021': [400, 'INVALID_TIMESTAMP', 'Timestamp for this request is outside of the recvWindow.'],
  '-1022': [400, 'INVALID_SIGNATURE', 'Signature for this request is not valid.'],
  '-1100': [400, 'ILLEGAL_CHARS', 'Illegal characters found in a parameter.'],
  '-1101': [400, 'TOO_MANY_PARAMETERS', 'Duplicate values for a parameter detected.'],
  '-1102': [400, 'MANDATORY_PARAM_EMPTY_OR_MALFORMED', 'A mandatory parameter was not sent.'],
  '-1105': [400, 'PARAM_EMPTY', 'A parameter was empty.'],
  '-1119': [400, 'BAD_CLORDID', 'Client order ID was empty.'],
  '-1121': [400, 'BAD_SYMBOL', 'Invalid symbol.'],
  '-1125': [400, 'INVALID_LISTEN_KEY', 'This listenKey does not exist.'],
  '-1128': [400, 'OPTIONAL_PARAMS_BAD_COMBO', 'Combination of optional parameters invalid.'],
  '-1130': [400, 'INVALID_PARAMETER', 'Data sent for a parameter is not valid.'],
  '-2011': [400, 'CANCEL_REJECTED', 'Unknown order sent.'],
  '-2013': [400, 'NO_SUCH_ORDER', 'Order does not exist.'],
  '-2014': [401, 'BAD_API_KEY_FMT', 'API-key format invalid.'],
  '-2015': [401, 'REJECTED_MBX_KEY', 'Invalid API-key, IP, or permissions for action.'],
  '-4000': [400, 'INVALID_ORDER_STATUS', 'Invalid order status.'],
} as const;

/** Documented to have "distinct error codes" that are listed nowhere: these are made up (fact sheet 2.3). */
const triggerTable = {
  'trigger-already-triggered': [
    400,
    'TRIGGER_ALREADY_TRIGGERED',
    'Trigger order has been triggered.',
    -4101,
  ],
  'trigger-already-cancelled': [
    400,
    'TRIGGER_ALREADY_CANCELLED',
    'Trigger order has been cancelled.',
    -4102,
  ],
  'trigger-position-closed': [400, 'POSITION_CLOSED', 'Parent position has been closed.', -4103],
  'trigger-not-owned': [400, 'NOT_ORDER_OWNER', 'Trigger order is not owned by caller.', -4104],
} as const;

type ErrorNumber = keyof typeof table;
type TriggerError = keyof typeof triggerTable;
export type ZtdxError = ErrorNumber | TriggerError | '403' | '404' | '418' | '503' | 'ENGINE_BUSY';
export type Errors = Readonly<Record<ZtdxError, Reply>>;

type Row = readonly [status: number, words: string, message: string];

/** One error as it stands in a body. */
function errorBody(shape: ReplySettings['errorShape'], code: number, [, words, msg]: Row): object {
  return shape === 'code-msg' ? { code, msg } : { error: msg, code: words };
}

/** What a batch says of an order it cannot cancel, where it says so. */
export const unknownInBatch = ({ errorShape }: ReplySettings): object =>
  errorBody(errorShape, -2011, table['-2011']);

/** The errors of fact sheet 2.6 by their numbers, and what stands in front of the venue by its status. */
export function errorReplies(settings: ReplySettings): Errors {
  const numbered = (code: number, row: Row): Reply =>
    jsonReply(row[0], errorBody(settings.errorShape, code, row));
  const byNumber = Object.fromEntries(
    Object.entries(table).map(([code, row]) => [code, numbered(Number(code), row)]),
  ) as Record<ErrorNumber, Reply>;
  const triggers = Object.fromEntries(
    Object.entries(triggerTable).map(([name, [status, words, message, code]]) => [
      name,
      settings.triggerErrors === 'same'
        ? byNumber['-2011']
        : numbered(code, [status, words, message]),
    ]),
  ) as Record<TriggerError, Reply>;
  const ban = numbered(-1003, [418, 'TOO_MANY_REQUESTS', 'Way too many requests; IP banned.']);
  return {
    ...byNumber,
    ...triggers,
    '418': settings.retryAfter ? after(ban, 120) : ban,
    '403': htmlReply(403, 'Forbidden'),
    '404': htmlReply(404, 'Not Found'),
    /** The request may have been done: its outcome is unknown. */
    '503': numbered(-1000, [503, 'UNKNOWN', 'Unknown error, please check your request.']),
    /** Spot pages only. */
    ENGINE_BUSY: jsonReply(503, { error: 'Engine is busy', code: 'ENGINE_BUSY' }),
  };
}

const after = (reply: Reply, seconds: number): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'retry-after': String(seconds) },
});

export function tooManyRequests({ retryAfterMs }: Refusal, settings: ReplySettings): Reply {
  const reply = errorReplies(settings)['-1003'];
  return settings.retryAfter ? after(reply, Math.ceil(retryAfterMs / 1000)) : reply;
}

/** In the venue's envelope: Binance's code for limits and bans. */
export const refusal =
  ({ errorShape }: ReplySettings) =>
  (status: number, message: string): Reply =>
    jsonReply(status, errorBody(errorShape, -1003, [status, 'TOO_MANY_REQUESTS', message]));
