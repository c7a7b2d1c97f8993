import type { Session } from './cdp.ts';

/** What can be handed to a page and back. */
type Plain = string | number | boolean | null | undefined | readonly Plain[] | object;

export type Run = <Parameters extends readonly Plain[], Result>(
  task: (...parameters: Parameters) => Result,
  ...parameters: Parameters
) => Promise<Awaited<Result>>;

/** Runs a function in the target; what it closes over it does not have there. */
export async function run<Parameters extends readonly Plain[], Result>(
  session: Session,
  task: (...parameters: Parameters) => Result,
  ...parameters: Parameters
): Promise<Awaited<Result>> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: call(task, ...parameters),
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  });
  if (exceptionDetails) {
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }
  return result.value as Awaited<Result>;
}

/** The source that calls a function with these parameters. */
export function call<Parameters extends readonly Plain[]>(
  task: (...parameters: Parameters) => unknown,
  ...parameters: Parameters
): string {
  return `(${task.toString()})(${parameters.map((each) => JSON.stringify(each)).join(',')})`;
}

/** Bytes of JavaScript that are alive, after a collection of the others. */
export async function liveHeap(session: Session): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
