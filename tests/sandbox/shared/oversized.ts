import { gzipSync } from 'node:zlib';
import type { Reply } from './reply.ts';

/** Answers that are right, and larger than any: white space follows them, which JSON allows. */

export type HugeFault = {
  kind: 'huge';
  /** Of the body, unpacked; of a message on a socket in all. */
  bytes: number;
  /** Sent compressed: a thousandth of that on the wire. */
  gzip?: boolean | undefined;
};

export type EndlessFault = { kind: 'endless' };

export function padded(text: string, bytes: number): string {
  return text + ' '.repeat(Math.max(0, bytes - Buffer.byteLength(text)));
}

export function hugeReply(reply: Reply, { bytes, gzip = false }: HugeFault): Reply {
  const text = padded(reply.body ?? '', bytes);
  if (!gzip) return { ...reply, raw: text };
  const headers = { ...reply.headers, 'content-encoding': 'gzip' };
  return { ...reply, headers, raw: new Uint8Array(gzipSync(text, { level: 9 })) };
}

/** As fast as the client takes it, until it closes the connection. */
export function endlessReply(reply: Reply): Reply {
  const more = new TextEncoder().encode(' '.repeat(65_536));
  const raw = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(reply.body ?? '')),
    pull: (controller) => controller.enqueue(more),
  });
  return { ...reply, raw };
}

/** JSON nested so deep. */
export function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}
