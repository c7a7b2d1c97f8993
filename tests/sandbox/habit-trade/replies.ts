import { emptyReply, htmlReply, jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';

export interface ReplySettings {
  /** As the page prints them: `"code": 030202` in an error, a comma too many in a batch's success. Neither is JSON. */
  sloppyJson: boolean;
  /** A cancel that was accepted: 200 `{"code":0}` (the cancel page), or 204 without a body (the page on HTTP codes). */
  cancelSuccess: '200' | '204';
}

const badRequest = (code: number, message: string): Reply => jsonReply(400, { code, message });

const unauthorized = (code: number, message: string): Reply => jsonReply(401, { code, message });

const server = (status: number, message: string): Reply =>
  jsonReply(status, { code: status, message });

const clash = 'order_no or reference_id is invalid';

/** The page's own text; where it has to be JSON, with the number that 030202 most likely stands for (fact sheet 3.4). */
const invalid = (isSloppy: boolean): Reply => {
  const reply = jsonReply(400, { code: 11030202, message: 'Invalid Parameter', details: clash });
  const body = `{\n\t"code": 030202,\n\t"message": "Invalid Parameter",\n\t"details": "${clash}"\n}`;
  return isSloppy ? { ...reply, body } : reply;
};

/** The numbers of fact sheet 3.5, and what stands in front of the venue by its status. Those with words are made up. */
const errors = {
  '10010008': unauthorized(10010008, 'Signature verification failed'),
  '11030201': badRequest(11030201, 'Order no and reference cannot both be empty'),
  '11030203': badRequest(11030203, 'Order no or reference is invalid'),
  '11030204': badRequest(11030204, 'Order Limit'),
  '11030501': badRequest(11030501, 'Order no cannot be empty'),
  '11030601': badRequest(11030601, 'Start time cannot be empty'),
  'headers-missing': unauthorized(10010001, 'Missing authentication headers'),
  'unknown-key': unauthorized(10010002, 'Invalid API key'),
  'timestamp-expired': unauthorized(10010007, 'Timestamp expired'),
  'no-permission': jsonReply(403, { code: 10010010, message: 'Permission denied' }),
  'not-cancellable': badRequest(11030205, 'Order cannot be cancelled'),
  '401': emptyReply(401),
  '403': htmlReply(403, 'Forbidden'),
  '404': server(404, 'Not Found'),
  '409': server(409, 'Conflict'),
  '418': { ...server(418, 'Auto-banned'), headers: { 'retry-after': '120' } },
  '429': server(429, 'Too Many Requests'),
  '500': server(500, 'Internal Server Error'),
  '502': htmlReply(502, 'Bad Gateway'),
  '503': server(503, 'Service Unavailable'),
  '504': htmlReply(504, 'Gateway Time-out'),
} satisfies Record<string, Reply>;

export type HabitTradeError = keyof typeof errors | '030202';
export type Errors = Readonly<Record<HabitTradeError, Reply>>;

const sloppy: Errors = { ...errors, '030202': invalid(true) };
const strict: Errors = { ...errors, '030202': invalid(false) };

export const errorReplies = ({ sloppyJson }: ReplySettings): Errors =>
  sloppyJson ? sloppy : strict;

/** `{"code":0}`: accepted (fact sheet 3.4). */
export const cancelAccepted = ({ cancelSuccess }: ReplySettings): Reply =>
  cancelSuccess === '204' ? emptyReply(204) : jsonReply(200, { code: 0 });

export interface BatchResult {
  order_no: string;
  result: { code: number; message?: string };
}

/** Code 0 says nothing of the results, which name their orders by order_no alone (fact sheet 3.4). */
export function batchReply(results: readonly BatchResult[], { sloppyJson }: ReplySettings): Reply {
  const reply = jsonReply(200, { code: 0, data: results });
  if (!sloppyJson) return reply;
  const body = JSON.stringify({ code: 0, data: results }, null, 4);
  return { ...reply, body: body.replaceAll(/("code": 0)(\n *\})/g, '$1,$2') };
}

/** 429 with Retry-After (fact sheet 3.5). No numbers are documented, so only a test's asking brings it. */
export function tooManyRequests({ retryAfterMs }: Refusal): Reply {
  const retryAfter = String(Math.ceil(retryAfterMs / 1000));
  return {
    ...errors['429'],
    headers: { ...errors['429'].headers, 'retry-after': retryAfter },
  };
}

/** In the venue's envelope. */
export const refusal = server;
