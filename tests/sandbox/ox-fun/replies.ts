import { jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';

/** The documented errors a cancel can meet (oxfun-exchange-docs, _v2_websocket.md "Error Codes"; fact sheet 1.9). */
export const messages = {
  '05001': 'Your operation authority is invalid',
  '20000': 'Signature is invalid',
  '20001': 'Operation failed, please contact system administrator',
  '20002': 'Unexpected error, please check if your request data complies with the specification.',
  '20003': 'Unrecognized operation',
  '20005': 'Already logged in',
  '20007': 'You are accessing server too rapidly',
  '20008': 'clientOrderId must be greater than zero if provided',
  '20009': 'JSON data format is invalid',
  '20010': 'Either clientOrderId or orderId is required',
  '20011': 'marketCode is required',
  '20014': 'clientOrderId is not long type',
  '20015': 'marketCode is invalid',
  '20019': 'orderId is invalid',
  '20023': 'timestamp is required',
  '20024': 'timestamp exceeds the threshold',
  '20025': 'API key is invalid',
  '20026': 'Token is invalid or expired',
  '20027': 'The length of the message exceeds the maximum length',
  '20031': 'The market is temporarily closed for trading',
  '20032': 'Submission timed out on the server',
  '20034': 'The length of tag must be less than 32',
  '000101': 'Internal server is temporarily unavailable, please try again later',
  '000201': 'Trade service is busy, please try again later',
  '100005': 'Open order not found with id',
  '100006': 'Open order does not match to the given account',
  '100015': 'recvWindow is expired',
  '200050': 'The market is not active',
  '300001': 'Invalid account status',
  '710001': 'System failure',
  // Of REST alone.
  '429': 'Rate limit reached',
  '10001': 'General networking failure',
  '30001': 'Missing parameter',
  '40001': 'no result, please check your parameters',
  '40035': 'Open order not found with clientOrderId or orderId',
  '50001': 'Unknown server error',
} satisfies Record<string, string>;

export type OxFunError = keyof typeof messages;

export const isError = (name: string): name is OxFunError => Object.hasOwn(messages, name);

/** 20001 means another thing in REST's own list (fact sheet 1.9). */
const restMessages: Partial<Record<OxFunError, string>> = { '20001': 'Invalid parameter' };

export const restMessage = (code: OxFunError): string => restMessages[code] ?? messages[code];

/** Not documented; only that clients read `code` where it is not 200 (fact sheet 1.9). */
const httpStatuses: Partial<Record<OxFunError, number>> = {
  '429': 429,
  '05001': 403,
  '20000': 401,
  '20023': 401,
  '20024': 401,
  '20025': 401,
  '20026': 401,
  '10001': 502,
  '50001': 500,
  '710001': 500,
  '000101': 503,
  '000201': 503,
};

/** A whole request refused: the shape is not documented either. */
const refused = (code: OxFunError, message = restMessage(code)): Reply =>
  jsonReply(httpStatuses[code] ?? 400, { success: false, code, message });

/** By code; `result not found` is a second wording of 20001 (ccxt's coinflex). */
export const errors = Object.fromEntries(
  Object.keys(messages)
    .filter(isError)
    .map((code) => [code, refused(code)]),
) as Record<OxFunError, Reply>;

export const resultNotFound = refused('20001', 'result not found, please check your parameters');

export const data = (value: unknown): Reply => jsonReply(200, { success: true, data: value });

/** No Retry-After is documented: it is sent only where a test asked for the refusal and so for its length. */
export function tooManyRequests({ retryAfterMs }: Refusal, asked: boolean): Reply {
  if (!asked) return errors['429'];
  const seconds = String(Math.ceil(retryAfterMs / 1000));
  return { ...errors['429'], headers: { ...errors['429'].headers, 'retry-after': seconds } };
}

/** In the venue's envelope. */
export const refusal = (status: number, message: string): Reply =>
  jsonReply(status, { success: false, code: String(status), message });
