import type { Credentials, Environment } from '#lib/domain/account.ts';
import type { ClockReading } from '#lib/domain/clock.ts';
import type { Failure } from '#lib/domain/reply.ts';
import { bounds } from '#lib/venues/bounds.ts';
import type { AccountWatch } from '#lib/worker/accounts/watch.ts';
import type { Clocks } from './clock.ts';
import { unread } from '#lib/venues/failure.ts';
import { atOnce, readInPieces } from '#lib/venues/list-pieces.ts';
import type { Nonces } from './nonces.ts';
import { readAnswer } from './read-answer.ts';
import { createSocketSession, type SocketSession } from './socket-session.ts';
import type { Transport } from './transport.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { Usage } from '#lib/venues/limits.ts';
import type { Signer, WireRequest } from '#lib/venues/wire.ts';

/** Signs and sends one account's requests. The secret is in it only as a key that cannot be read out. */
export interface AccountClient {
  readonly venue: Venue;
  /** The venue's WebSocket, where cancels go over one. */
  readonly socket?: SocketSession;
  call<Input, Output>(call: Call<Input, Output>, input: Input): Promise<Output | Failure>;
  /**
   * The venue's clock, where it has been read since the browser started; to tell its times apart from that time of this
   * machine (Unix ms), as `Clocks.since`.
   */
  clock(since?: number): ClockReading | undefined;
  /** Whether its last reading can be relied on, and is no older than so many milliseconds. */
  isClockFresh(within?: number): boolean;
  /** Reads the venue's clock; later requests are stamped by it. Many who ask at once share one reading. */
  measureClock(): Promise<ClockReading | Failure>;
}

/** What the account's stream needs too, and a cancel whose wish is being written down. */
export interface OwnClient extends AccountClient {
  /** For what is signed on it: each with a stamp of its own. */
  readonly signer: () => Signer;
  /** The venue's clock now, Unix ms: at the least, so that what it asks to wait for until a moment has then certainly passed. */
  readonly venueNow: () => number;
  /**
   * Signs what is about to be called, so that the call need not wait for it. Where anything else was signed since, or the call comes
   * late, it is signed anew: stamps rise in the order of sending.
   */
  prepare<Input, Output>(call: Call<Input, Output>, input: Input): void;
}

/** Which of the venue's ways to sign is known to work, by its index, and who is told when another one does. */
interface SigningChoice {
  readonly chosen: number;
  readonly choose: (index: number) => void;
}

/** For how long a request that was signed before may still be sent, in milliseconds: far less than any venue's window. */
const preparedFor = 500;

/** A request that is signed already. */
interface Prepared {
  readonly call: unknown;
  readonly input: string;
  readonly index: number;
  readonly stamp: number;
  readonly request: Promise<WireRequest>;
}

/** How far ahead a stamp may be: a second at the strictest (Ripio Trade, ZTDX), less what the clock's reading may be wrong by, in ms. */
const toleratedAhead = 500;

/**
 * How far above the clock a number is, in milliseconds, after so many were refused as too low: another browser with the same key may have
 * begun above the clock itself (`nonces.ts`), and leapt since. No further, so that two of them do not drive each other on.
 */
const leaps = [0, 15_000, 90_000] as const;

interface ClientNeeds {
  readonly environment: Environment;
  readonly nonces: Nonces;
  readonly transport: Transport;
  readonly clocks: Clocks;
  readonly signing: SigningChoice;
  /** Told after each reply how much of its limits the venue calls used up, where it does. */
  readonly onUsage: (usage: readonly Usage[]) => void;
  readonly watch?: AccountWatch;
}

export async function createAccountClient(
  venue: Venue,
  base: string,
  { apiSecret, ...named }: Credentials,
  { environment, nonces, transport, clocks, signing, onUsage, watch }: ClientNeeds,
): Promise<OwnClient> {
  const { kind, sign } = await venue.openKey(apiSecret);

  const host = new URL(base).hostname;
  let timestamp = 0;
  const venueNow = (): number => Date.now() + (clocks.get(base)?.offset ?? 0);
  /** Its clock's offset at the least: what a venue asks to wait for until a moment has then certainly passed. */
  const leastOffset = (): number | undefined => {
    const clock = clocks.get(base);
    return clock && clock.offset - clock.uncertainty;
  };
  const leastNow = (): number => Date.now() + (leastOffset() ?? 0);
  /** How many requests in a row were refused for their number. */
  let tooLow = 0;
  const nonce = () => nonces(venueNow() + (leaps[tooLow] ?? 0));
  function signer(): Signer {
    // A venue may refuse a stamp it has seen, so each is later than the last; only a clock that was far ahead sets them back.
    const now = venueNow();
    timestamp = timestamp - now > toleratedAhead ? now : Math.max(timestamp + 1, now);
    return {
      ...named,
      environment,
      random,
      host,
      timestamp,
      nonce,
      kind,
      sign,
    };
  }

  let { chosen } = signing;
  let prepared: Prepared | undefined;

  async function signed<Input, Output>(
    index: number,
    call: Call<Input, Output>,
    input: Input,
  ): Promise<WireRequest> {
    const prove = venue.signatures[index] ?? venue.signatures[0];
    const by = signer();
    return prove(call.request(input, by.timestamp), by);
  }

  /** What was prepared for this, where its stamp is the latest still. */
  function takePrepared(index: number, call: unknown, input: unknown) {
    const found = prepared;
    if (!found || found.call !== call || found.index !== index) return undefined;
    prepared = undefined;
    const { stamp, request } = found;
    const isFresh = stamp === timestamp && Math.abs(venueNow() - stamp) <= preparedFor;
    return isFresh && found.input === JSON.stringify(input) ? request : undefined;
  }

  async function attempt<Input, Output>(
    index: number,
    call: Call<Input, Output>,
    input: Input,
  ): Promise<Output | Failure> {
    try {
      const request = await (takePrepared(index, call, input) ?? signed(index, call, input));
      const most = call.join ? bounds.list : bounds.reply;
      const sentAt = performance.now();
      const answer = await transport.send(base, request, most).catch(noReply);
      if ('kind' in answer) return answer;
      watch?.noteRoundTrip(performance.now() - sentAt);
      const reply = readAnswer(answer, leastOffset());
      if (venue.readUsage) onUsage(venue.readUsage(answer.headers));
      const failure = unread(reply);
      if (failure) return failure;
      if (!call.join || reply.text.length <= atOnce) return call.read(reply, input);
      const parts = await readInPieces(reply, (piece) => call.read(piece, input), call.membersOf);
      return 'kind' in parts ? parts : call.join(parts);
    } catch {
      // What no address or header can hold, or a reply that no reader was written for: whoever waits is told all the same.
      return inside;
    }
  }

  async function attemptEach<Input, Output>(
    call: Call<Input, Output>,
    input: Input,
  ): Promise<Output | Failure> {
    const first = await attempt(chosen, call, input);
    if (!isBadSignature(first)) return first;
    for (const index of venue.signatures.keys()) {
      if (index === chosen) continue;
      const reply = await attempt(index, call, input);
      if (isBadSignature(reply)) continue;
      chosen = index;
      signing.choose(index);
      return reply;
    }
    return first;
  }

  let measuring: Promise<ClockReading | Failure> | undefined;
  const { socket } = venue;
  return {
    venue,
    ...(socket && {
      socket: createSocketSession(socket, base, { transport, signer, venueNow: leastNow }),
    }),
    signer,
    venueNow: leastNow,
    prepare(call, input) {
      const request = signed(chosen, call, input);
      // What goes wrong is told to who calls.
      request.catch(() => undefined);
      prepared = { call, input: JSON.stringify(input), index: chosen, stamp: timestamp, request };
    },
    clock: (since) => (since === undefined ? clocks.get(base) : clocks.since(base, since)),
    isClockFresh: (within) => clocks.isFresh(base, within),
    measureClock() {
      measuring ??= clocks
        .measure(venue, base, transport)
        .catch(noReply)
        .finally(() => {
          measuring = undefined;
          watch?.touch();
        });
      return measuring;
    },
    async call(call, input) {
      const reply = await attemptEach(call, input);
      if (isNonceRefused(reply)) tooLow = Math.min(tooLow + 1, leaps.length - 1);
      else if (!isUnknown(reply)) tooLow = 0;
      // That a venue does not tell what a key may do says nothing against the key.
      if (call !== (venue.readRights as unknown)) watch?.noteReply(reply);
      return reply;
    },
  };
}

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

/** A venue that calls a signature wrong has done nothing: the request may be signed otherwise and sent again. */
function isBadSignature(reply: unknown): boolean {
  return (
    typeof reply === 'object' &&
    reply !== null &&
    'reason' in reply &&
    reply.reason === 'bad-signature'
  );
}

const isUnknown = (reply: unknown) => isOfKind(reply, 'unknown');

function isNonceRefused(reply: unknown): boolean {
  return isOfKind(reply, 'invalid-time') && 'of' in reply && reply.of === 'nonce';
}

function isOfKind(reply: unknown, kind: string): reply is object {
  return typeof reply === 'object' && reply !== null && 'kind' in reply && reply.kind === kind;
}

const inside: Failure = { kind: 'unknown', note: { code: 'inside' } };

/** There was no whole reply: the venue may have acted or not. The error's own text may hold a URL and is left out. */
function noReply(error: unknown): Failure {
  const late = error instanceof DOMException && error.name === 'TimeoutError';
  return { kind: 'unknown', note: { code: late ? 'timed-out' : 'no-answer' } };
}
