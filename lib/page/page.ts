import { signal, type ReadonlySignal } from '@preact/signals';
import { UserError } from '#lib/domain/user-error.ts';
import { ask as askWorker, WorkerSilentError } from './ask.ts';
import type { Answers, RequestInput } from '#lib/protocol/messages.ts';
import { createLine } from './line.ts';
import { followView } from './follow.ts';
import { showView } from './show-view.ts';
import { unreadableView, type View } from '#lib/protocol/view.ts';

/** A page's side: the view as it stands, and a way to ask for things. */
export interface Page {
  /** Undefined until the worker has written a view since the browser's start. */
  readonly view: ReadonlySignal<View | undefined>;
  /** The worker did not answer when last asked. */
  readonly silent: ReadonlySignal<boolean>;
  /** Resolves when the view has been looked for: a page that waits for this paints once, and the right thing. */
  readonly looked: Promise<void>;
  /** Resolves when the first frame stands: what is not needed for it waits, so that nothing competes with it. */
  readonly painted: Promise<void>;
  /** Rejects with a `UserError` and nothing else. */
  readonly ask: Ask;
  /** Else what is asked for has to wake the worker first, as far as is known. */
  readonly isWorkerAwake: () => boolean;
}

type Ask = <Kind extends RequestInput['kind']>(
  request: Extract<RequestInput, { kind: Kind }>,
) => Promise<Answers[Kind]>;

const retryPause = 5000;

/** Shows the view from `storage.session` at once, follows it, and wakes the worker meanwhile. */
export function openPage(): Page {
  const view = signal<View>();
  const silent = signal(false);

  const { take, read } = showView(view);
  followView((changed) => {
    // What it writes, it writes awake.
    silent.value = false;
    take(changed);
  });
  const looked = read();

  const line = createLine();
  const ask: Ask = async (request) => {
    try {
      // Nobody waits for anything else as for this.
      const answer = await askWorker(request, request.kind === 'cancel' ? line : undefined);
      silent.value = false;
      line.open();
      return answer;
    } catch (error) {
      // A plain error is the browser's: no worker is there to receive the message.
      const known = error instanceof UserError ? error : new WorkerSilentError();
      silent.value = known instanceof WorkerSilentError;
      throw known;
    }
  };

  const hello = async () => {
    try {
      await ask({ kind: 'hello' });
      if (!view.value) await read();
    } catch (error) {
      // `silent` tells the user, or the view does; where the worker could not even write one, this.
      if (!(error instanceof WorkerSilentError) && !view.value) {
        view.value = unreadableView;
      }
      setTimeout(() => void hello(), retryPause);
    }
  };
  const painted = looked.then(nextFrame);
  void painted.then(hello);

  return { view, silent, looked, painted, ask, isWorkerAwake: () => line.isOpen() };
}

/** Resolves with the frame after the next: by then the next has left the page, and nothing delays what draws it. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });
}
