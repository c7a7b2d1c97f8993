import type { Failure } from '#lib/domain/reply.ts';
import { readSaid, type EnvelopeForm, type Said } from './envelope.ts';
import { readProblem, type ErrorTable, type Problem } from './error-table.ts';
import { unreadable } from './failure.ts';
import { parseJson } from './json.ts';
import type { WireReply } from './wire.ts';

/** Reads every reply of a venue that answers in one envelope and has a table of errors. */
export interface ReplyReader {
  /** What the body of a reply says, an element of a batch, or a message on a socket. */
  readonly said: (body: unknown) => Said;
  readonly problemOf: (reply: WireReply, said: Said) => Problem | undefined;
  /**
   * What a reply comes to: where something went wrong what the call makes of it (`toCancel`, `toReading`, `toBatch`, `toFailure`),
   * else what it holds; and where that is nothing, for it is not of the documented form, it is unreadable.
   */
  readonly read: <Bad, Good>(
    reply: WireReply,
    wrong: (problem: Problem) => Bad,
    right: (body: unknown, said: Said) => Good | undefined,
  ) => Bad | Good | Failure;
}

export function readerOf(envelope: EnvelopeForm, errors: ErrorTable): ReplyReader {
  const said = (body: unknown) => readSaid(envelope, body);
  const problemOf = (reply: WireReply, told: Said) => readProblem(errors, reply, told);
  return {
    said,
    problemOf,
    read(reply, wrong, right) {
      const body = parseJson(reply.text);
      const told = said(body);
      const problem = problemOf(reply, told);
      return problem ? wrong(problem) : (right(body, told) ?? unreadable(reply));
    },
  };
}
