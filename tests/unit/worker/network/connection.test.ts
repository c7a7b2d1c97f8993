import { expect, test } from 'vitest';
import { openConnection } from '#lib/worker/network/connection.ts';
import type { SocketEvents } from '#lib/worker/network/transport.ts';
import { venues } from '#lib/venues/venues.ts';
import { signer } from '#tests/unit/support/fixtures.ts';

const { socket: protocol } = venues['ox-fun'];
if (!protocol) throw new Error('its cancels go over a socket');

test('closed while it opens, as where its account is removed, it sends nothing', async () => {
  const sent: string[] = [];
  const silent = { onText: () => {}, onMessage: () => {}, onClose: () => {} };

  /** Whose browser says that it is open, whatever has been asked meanwhile. */
  function connect(name: string) {
    const opened = Promise.withResolvers<SocketEvents>();
    const openSocket = (_: string, events: SocketEvents) => {
      opened.resolve(events);
      return { isOpen: () => true, send: () => void sent.push(name), close: () => {} };
    };
    const needs = { transport: { openSocket }, signer: () => signer, venueNow: () => 1 };
    const connection = openConnection(protocol, 'https://api.ox.fun', needs, silent);
    return { connection, tellOpen: async () => (await opened.promise).onOpen() };
  }

  const [closed, open] = [connect('closed'), connect('open')];
  closed.connection.close();
  await closed.tellOpen();
  await open.tellOpen();
  await expect.poll(() => sent).toEqual(['open']);
  open.connection.close();
});
