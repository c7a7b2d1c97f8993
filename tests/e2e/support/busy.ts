import type { Worker } from '@playwright/test';

/** The worker answers nobody, for longer than a busy machine takes over what a page shows of it meanwhile. */
export function keepBusy(worker: Worker): Promise<void> {
  return worker.evaluate(() => {
    const end = Date.now() + 8000;
    while (Date.now() < end);
  });
}
