import type { CancelFault, Faults, PushFault } from './faults.ts';
import { nested, padded } from './oversized.ts';
import type { Operation } from './operation.ts';
import type { RateLimits } from './rate-limits.ts';
import { pause } from './request-path.ts';
import type { RequestRecord } from './request-log.ts';
import type { Timers } from './timers.ts';
import type { SocketConnection } from './websocket.ts';

/** What a message asks for, in the venue's own words. */
export interface MessageWork<ErrorName extends string> {
  readonly operation: Operation;
  /** Both names of the order it names, if any. */
  readonly orderNames: readonly string[];
  /** Does the work; its reply, which may be sent late or never. */
  act(fault?: CancelFault | PushFault): string;
  refusal(error: ErrorName): string;
  tooFast(): string;
}

type MessageEnd = Pick<RequestRecord, 'outcome' | 'status' | 'reply'>;

const answered = (reply: string): MessageEnd => ({ outcome: 'answered', status: undefined, reply });

const unanswered = (outcome: 'dropped' | 'pending'): MessageEnd => ({
  outcome,
  status: undefined,
  reply: undefined,
});

/**
 * The way of one message that is well formed and allowed: faults asked for, the work, the reply. All of it happens
 * before this returns, except where a fault makes it slow, so that replies keep the order of their messages.
 */
export async function answerMessage<ErrorName extends string>(
  work: MessageWork<ErrorName>,
  connection: SocketConnection,
  parts: { faults: Faults<ErrorName>; limits: RateLimits; timers: Timers },
): Promise<MessageEnd> {
  const { slow, fault } = parts.faults.takeForMessage(work.operation, work.orderNames);
  if (slow) await pause(slow, 'before-acting', parts.timers);
  const doWork = (): string | undefined => {
    if (!fault) return work.act();
    switch (fault.kind) {
      case 'accept-then-fill':
      case 'accept-then-cancel':
      case 'accept-and-forget':
      case 'late-failure':
      case 'push-before-reply':
      case 'duplicate-push':
      case 'out-of-order-push':
      case 'lost-push':
        return work.act(fault);
      case 'rate-limit':
        parts.limits.block(work.operation, fault.seconds * 1000);
        return work.tooFast();
      case 'refuse':
        if (fault.when === 'after-acting') work.act();
        return work.refusal(fault.error);
      case 'garbage':
        if (fault.when === 'after-acting') work.act();
        return '{"succ';
      case 'huge':
        return padded(work.act(), fault.bytes);
      case 'deep':
        if (fault.when === 'after-acting') work.act();
        return nested(fault.depth);
      case 'empty':
        if (fault.when === 'after-acting') work.act();
        return '';
      case 'drop':
      case 'close':
      case 'no-reply':
        if (fault.when === 'after-acting') work.act();
        return undefined;
    }
  };
  const reply = doWork();
  if (slow) await pause(slow, 'after-acting', parts.timers);
  if (reply !== undefined) {
    connection.send(reply);
    return answered(reply);
  }
  if (fault?.kind === 'drop') connection.cut();
  if (fault?.kind === 'close') connection.close(fault.code);
  return unanswered(fault?.kind === 'no-reply' ? 'pending' : 'dropped');
}
