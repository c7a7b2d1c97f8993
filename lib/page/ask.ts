import browser from 'webextension-polyfill';
import { UserError } from '#lib/domain/user-error.ts';
import type { Answers, Reply, RequestInput } from '#lib/protocol/messages.ts';
import type { Line } from './line.ts';
import { t } from '#lib/words/text.ts';

/** The worker did not answer at all. */
export class WorkerSilentError extends UserError {
  constructor() {
    super('worker-silent', t('ask.worker_silent'));
  }
}

const patience = 1000;
/** Most answers come sooner than this, and then nobody need ask whether the worker lives. */
const trust = 300;

/**
 * Asks the worker. Rejects with a `UserError` whose message is a sentence for the user, and with `WorkerSilentError`
 * when the worker shows no sign of life within a second (a long task is no silence: it still answers `hello`). `line`: for
 * what may be asked twice. Where that ends before the answer, as with the worker, the next life of the worker is asked.
 */
export async function ask<Kind extends RequestInput['kind']>(
  request: Extract<RequestInput, { kind: Kind }>,
  line?: Line,
): Promise<Answers[Kind]> {
  const bySelf = () =>
    browser.runtime.sendMessage<typeof request, Reply<Kind> | undefined>(request);
  const onLine = line?.ask(request) as Promise<Reply<Kind>> | undefined;
  let isOver = false;
  const again = (error: unknown) => {
    // The user has been told that nobody answers: nothing is sent behind their back.
    if (isOver) throw error;
    return bySelf();
  };
  const answer = onLine?.catch(again) ?? bySelf();
  const reply = await Promise.race([answer, silence(answer)]).finally(() => (isOver = true));
  if (reply === undefined) throw new WorkerSilentError();
  if (!reply.ok) throw new UserError(reply.error.code, reply.error.message, reply.error.field);
  return reply.value;
}

/** Rejects unless the answer or a `hello` comes in time; never resolves. */
function silence(answer: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const silent = setTimeout(() => reject(new WorkerSilentError()), patience);
    const asking = setTimeout(() => {
      const hello = { kind: 'hello' } satisfies RequestInput;
      browser.runtime.sendMessage(hello).then(stop, stop);
    }, trust);
    const stop = () => {
      clearTimeout(silent);
      clearTimeout(asking);
    };
    answer.then(stop, stop);
  });
}
