import type { LoadedExtension } from './browser.ts';
import type { Connection, Session } from './cdp.ts';
import { run, type Run } from './session.ts';

/** An extension's background worker. Nothing watches it unless asked to: a debugger would slow its start. */
export interface BackgroundWorker {
  /** Ends it as the browser may at any time. Resolves when it is gone. */
  kill(): Promise<void>;
  /** The worker that runs now, as long as the task takes. */
  attached<Result>(task: (worker: AttachedWorker) => Promise<Result>): Promise<Result>;
}

interface AttachedWorker {
  readonly session: Session;
  readonly run: Run;
}

export function workerOf(connection: Connection, { origin }: LoadedExtension): BackgroundWorker {
  async function find(): Promise<string | undefined> {
    const { targetInfos } = await connection.send('Target.getTargets');
    return targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith(origin))
      ?.targetId;
  }

  return {
    async kill() {
      const targetId = await find();
      if (targetId === undefined) return;
      await connection.send('Target.closeTarget', { targetId });
      // Each look is a round trip to the browser; it is gone after a few.
      for (let left = await find(); left === targetId;) left = await find();
    },
    async attached(task) {
      const targetId = await find();
      if (targetId === undefined) throw new Error('the worker does not run');
      const attached = { targetId, flatten: true };
      const { sessionId } = await connection.send('Target.attachToTarget', attached);
      const session = connection.session(sessionId);
      try {
        return await task({ session, run: (each, ...rest) => run(session, each, ...rest) });
      } finally {
        await connection.send('Target.detachFromTarget', { sessionId });
      }
    },
  };
}
