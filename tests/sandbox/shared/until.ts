/**
 * Waits for a state without polling: looks at once, then again each time `subscribe`'s source speaks.
 * Rejects after `timeoutMs`, naming what was waited for.
 */
export function until<T>(
  subscribe: (look: () => void) => () => void,
  find: () => T | undefined,
  what: string,
  timeoutMs: number,
): Promise<T> {
  const already = find();
  if (already !== undefined) return Promise.resolve(already);
  return new Promise((resolve, reject) => {
    const stop = subscribe(() => {
      const found = find();
      if (found === undefined) return;
      finish();
      resolve(found);
    });
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`Sandbox: waited ${timeoutMs} ms in vain for ${what}`));
    }, timeoutMs);
    function finish(): void {
      clearTimeout(timer);
      stop();
    }
  });
}
