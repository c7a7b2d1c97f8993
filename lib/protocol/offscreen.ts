import * as v from 'valibot';
import { bounds } from '#lib/venues/bounds.ts';

/**
 * What worker and offscreen document say to each other: a protocol of its own, on the one line that the document opens. By it
 * the document can tell what becomes of the WebSockets that the worker has had it open, and nothing else.
 */

export const offscreenPage = 'offscreen.html';

/** Which WebSocket: a number of the worker's. */
const socket = v.pipe(v.number(), v.safeInteger());

export const offscreenReportSchema = v.variant('kind', [
  v.object({ kind: v.literal('open'), socket }),
  /** Without text: it was none, or longer than is taken. */
  v.object({
    kind: v.literal('frame'),
    socket,
    text: v.exactOptional(v.pipe(v.string(), v.maxLength(bounds.frame))),
  }),
  /** However it came to be closed, and if it never was open. */
  v.object({ kind: v.literal('closed'), socket }),
]);

/** What the document tells. */
export type OffscreenReport = v.InferOutput<typeof offscreenReportSchema>;

/** What the document does, at the worker's word alone. */
export type OffscreenTask =
  | { readonly kind: 'open'; readonly socket: number; readonly url: string }
  | { readonly kind: 'send'; readonly socket: number; readonly text: string }
  | { readonly kind: 'close'; readonly socket: number };
