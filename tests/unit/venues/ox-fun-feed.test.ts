import { expect, test } from 'vitest';
import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';
import { signer as silent } from '#tests/unit/support/fixtures.ts';

/** Beside `feeds.test.ts`: what lets one connection serve cancels and stream. */

const { feed, socket } = oxFun;

test('the stream is entered and kept open as the socket that takes cancels is', async () => {
  const signer = {
    ...silent,
    apiKey: 'test-api-key',
    host: 'api.ox.fun',
    timestamp: 1_715_794_191_277,
    sign: () => Promise.resolve(new Uint8Array([1, 2, 3])),
  };
  const greetings = await Promise.all(
    feed.greetings.map((texts) => Promise.all(texts.map((text) => text(signer, undefined)))),
  );
  expect(greetings).toEqual([[await socket.login(signer), socket.subscribe]]);
  expect(feed).toMatchObject({ path: socket.path, ping: socket.ping });
  expect(feed.longestSilence).toBeGreaterThan(2 * socket.ping.every);
});
