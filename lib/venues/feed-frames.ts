import * as v from 'valibot';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import type { Call } from './call.ts';
import type { Said } from './envelope.ts';
import { toFailure } from './error-table.ts';
import { saying } from './failure.ts';
import type { FeedFrame, PassReply } from './feed.ts';
import type { ReplyReader } from './reply-reader.ts';
import type { WireReply, WireRequest } from './wire.ts';

export const step: FeedFrame = { kind: 'step' };
export const other: FeedFrame = { kind: 'other' };

/** A pass that stands under a name in what the reply holds, and is of that form. */
export function passBy(
  request: () => WireRequest,
  read: ReplyReader['read'],
  name: string,
  form: RegExp,
): Call<undefined, PassReply> {
  const schema = v.object({ [name]: v.pipe(v.string(), v.regex(form)) });
  return {
    request,
    read: (reply) =>
      read(reply, toFailure, (body, { data = body }) => {
        const pass = v.is(schema, data) ? data[name] : undefined;
        return pass === undefined ? undefined : { kind: 'pass', pass };
      }),
  };
}

/**
 * A text of the greeting is refused: for what the venue says, in the words of its replies to requests; `instead` where those do not
 * explain it. The key has been proven, where a pass had to be fetched.
 */
export function refusedBy(
  problemOf: ReplyReader['problemOf'],
  said: Said,
  instead: RefusalReason,
  reply: Partial<WireReply> = {},
): FeedFrame {
  const told = { ...said, isError: true, isOwn: true };
  const failure = problemOf({ status: 200, text: '', ...reply }, told)?.failure;
  const heard = { ...saying(said.message, said.code), note: { code: 'socket' } } as const;
  const isUnexplained = !failure || (failure.kind === 'refused' && failure.reason === 'unexpected');
  return {
    kind: 'refused',
    failure: isUnexplained
      ? { kind: 'refused', reason: instead, ...heard }
      : { ...failure, ...heard },
  };
}
