import { gzipSync } from 'node:zlib';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { readBody } from '#lib/worker/network/body.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A reply in these chunks, and what became of the stream: how many were asked for, and whether it was let go. */
function streamed(chunks: Iterable<Uint8Array>) {
  const seen = { pulled: 0, cancelled: false };
  const iterator = chunks[Symbol.iterator]();
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done) return controller.close();
        seen.pulled++;
        controller.enqueue(value);
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>), seen };
}

test.each<[string, number, string | undefined]>([
  ['', 0, ''],
  ['abc', 3, 'abc'],
  ['abc', 2, undefined],
  ['ıık', 5, 'ıık'],
  ['ıık', 4, undefined],
])('%j within %i bytes is %j', async (text, most, expected) => {
  expect(await readBody(new Response(text), most)).toBe(expected);
  const split = [...bytes(text)].map((byte) => new Uint8Array([byte]));
  expect(await readBody(streamed(split).response, most)).toBe(expected);
});

test('a reply without a body is empty', async () => {
  expect(await readBody(new Response(null, { status: 204 }), 10)).toBe('');
});

test('what `text()` reads is read alike, signs that are no UTF-8 too', async () => {
  const odd = [0xef, 0xbb, 0xbf, 0x7b, 0xff, 0xe2, 0x82];
  const whole = await new Response(new Uint8Array(odd)).text();
  expect(await readBody(streamed(odd.map((byte) => new Uint8Array([byte]))).response, 99)).toBe(
    whole,
  );
});

function* endless() {
  for (;;) yield bytes('x'.repeat(100));
}

test('a body that never ends is let go at the bound', async () => {
  const { response, seen } = streamed(endless());
  expect(await readBody(response, 1000)).toBeUndefined();
  expect(seen).toEqual({ pulled: 11, cancelled: true });
});

test('a compressed body is counted as what it is when unpacked', async () => {
  const bomb = gzipSync('x'.repeat(1_000_000), { level: 9 });
  expect(bomb.length).toBeLessThan(1100);
  const server = createServer((_, response) =>
    response
      .writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': bomb.length })
      .end(bomb),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect(await readBody(await fetch(base), 999_999)).toBeUndefined();
    expect(await readBody(await fetch(base), 1_000_000)).toHaveLength(1_000_000);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
