import { createBrowserTransport as create } from '#lib/worker/network/browser-transport.ts';
import type { Transport } from '#lib/worker/network/transport.ts';

/** What a test finds in the worker. */
export interface Door {
  readonly transport: Transport;
}

export const createBrowserTransport: typeof create = (needs) => {
  const transport = create(needs);
  Object.assign(globalThis, { transport } satisfies Door);
  return transport;
};
