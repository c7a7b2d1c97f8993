import * as v from 'valibot';
import type { Failure } from '#lib/domain/reply.ts';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import { asksToWait, rateLimited, readStatus, unreadable, remark } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import type { WireReply } from '#lib/venues/wire.ts';

/** The code is `error_code` everywhere but in the chapter on errors, which calls it `code`: both are read. */
const envelope = v.object({
  error_code: v.nullish(v.string()),
  code: v.nullish(v.string()),
  message: v.nullish(v.string()),
  data: v.optional(v.unknown()),
});

export interface Envelope {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly data?: unknown;
  readonly isJson: boolean;
}

export function readEnvelope(reply: WireReply): Envelope {
  const parsed = v.safeParse(envelope, parseJson(reply.text));
  if (!parsed.success) return { isJson: false };
  const { error_code, code, message, data } = parsed.output;
  return {
    code: error_code ?? code ?? undefined,
    message: message ?? undefined,
    data,
    isJson: true,
  };
}

const secondLimit = 1000;
const dayLimit = 60_000;

/**
 * What went wrong, or undefined for a success. Source: ripio-openapi, Errors; texts of 401 and HTML pages at 404 as
 * ruizemanuel/ripio-community-mcp met them.
 */
export function readFailure(reply: WireReply): Failure | undefined {
  const { code, message, data, isJson } = readEnvelope(reply);
  const heard = remark(reply.status, message, code);
  if (reply.status >= 500 || code?.startsWith('5')) return { kind: 'unknown', ...heard };
  if (code === '42900' || asksToWait(reply, message)) {
    const daily = /limit exceeded/i.test(message ?? '');
    return rateLimited(reply, { limit: daily ? dayLimit : secondLimit }, heard, message);
  }
  if (/invalid timestamp/i.test(message ?? '')) return { kind: 'invalid-time', ...heard };
  // `{"message":"Forbidden"}` alone is what gateways say.
  const isOwn =
    code !== undefined ||
    data !== undefined ||
    /invalid (?:signature|token|pair)/i.test(message ?? '');
  const refused = readStatus(reply, isOwn, heard);
  if (refused !== undefined) return refused;
  if (reply.status >= 400) {
    return { kind: 'refused', reason: refusalReason(reply.status, message ?? ''), ...heard };
  }
  if (reply.status >= 300 || !isJson) return unreadable(reply);
  return code === undefined ? undefined : { kind: 'refused', reason: 'invalid-request', ...heard };
}

function refusalReason(status: number, message: string): RefusalReason {
  if (/invalid signature/i.test(message)) return 'bad-signature';
  if (/invalid token/i.test(message)) return 'bad-key';
  if (/blocked token/i.test(message)) return 'suspended';
  if (/invalid pair/i.test(message)) return 'unknown-symbol';
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return /\bip\b|address/i.test(message) ? 'address' : 'right-or-address';
    case 400:
      return 'invalid-request';
    default:
      return 'unexpected';
  }
}
