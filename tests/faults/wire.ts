import type { Faults } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Life } from './life.ts';
import type { Place } from './machine.ts';
import type { AccountRecord, RequestRecord } from './records.ts';
import type { Fault } from './schedule.ts';
import { steadyNow, wait } from './time.ts';

/** A sandbox venue, as far as a request has to do with it. */
export interface Reachable {
  readonly url: string;
  readonly faults: Faults<never>;
  readonly reach: (request: Request) => Promise<Response | undefined>;
}

interface WireNeeds {
  readonly venues: readonly Reachable[];
  readonly accounts: readonly AccountRecord[];
  readonly requests: RequestRecord[];
  readonly roundTrip: number;
  readonly lifeNumber: () => number;
  /** Something comes to this place: what goes wrong with it. */
  readonly arrive: (place: Place) => readonly Fault[];
}

/**
 * The way to the venues: their own handlers, called in this process, since time is not real and a socket's would be. What HTTP
 * adds (a cut, a gateway's page, a request that comes twice) is done here.
 */
export function createWire({
  venues,
  accounts,
  requests,
  roundTrip,
  lifeNumber,
  arrive,
}: WireNeeds) {
  return async (life: Life, url: string, given: RequestInit): Promise<Response> => {
    const { method = 'GET', headers, body, signal } = given;
    const sent = { method, headers: headers ?? {}, ...(typeof body === 'string' && { body }) };
    const text = [method, url, JSON.stringify(headers), sent.body ?? ''].join('\n');
    const account = accounts.find(({ key }) => text.includes(key));
    const isCancel = isCancelling(method, url);
    const named = namedIn(text, account);
    const record: RequestRecord = {
      at: steadyNow(),
      endedAt: undefined,
      life: lifeNumber(),
      account,
      isSigned: account !== undefined,
      isCancel,
      cancels: isCancel ? named : [],
      text,
    };
    requests.push(record);
    const end = () => (record.endedAt ??= steadyNow());
    signal?.addEventListener('abort', end);

    const own = account?.orders.find(({ id }) => named.includes(id));
    const mixUp = { own, other: account?.orders.findLast(({ id }) => !named.includes(id)) };
    const way = travel(new URL(url).origin, () => new Request(url, sent), mixUp, isCancel, life);
    const answered = signal ? Promise.race([way, aborted(signal)]) : way;
    return answered.finally(end);
  };

  async function travel(
    origin: string,
    request: () => Request,
    mixUp: MixUp,
    isCancel: boolean,
    life: Life,
  ): Promise<Response> {
    const faults = arrive(isCancel ? 'cancel' : 'read');
    const met = (kind: Fault['kind']) => faults.find((fault) => fault.kind === kind);
    // Whether what a dying worker has just handed over goes out is the browser's secret.
    if (life.isDead() && roundTrip > 100) throw lost();
    const venue = venues.find(({ url }) => url === origin);
    if (!venue) throw new Error(`No venue stands at ${origin}`);
    await wait(roundTrip / 2 + (met('request late')?.by ?? met('edited elsewhere')?.by ?? 0));
    const edit = met('edited elsewhere');
    if (met('request lost') || (edit && !edit.acts)) throw lost();
    const answer = await serve(venue, request, mixUp, faults);
    const late = met('reply late') ?? met('push before the reply');
    await wait(roundTrip / 2 + (late?.by ?? 0));
    if (met('reply lost') || met('push instead of the reply') || !answer) throw lost();
    if (!life.isDead()) arrive(isCancel ? 'cancel-reply' : 'read-reply');
    return answer;
  }
}

export const isCancelling = (method: string, url: string) =>
  method === 'DELETE' || (method === 'POST' && /cancel/.test(url));

const lost = () => new TypeError('Failed to fetch');

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

export function namedIn(text: string, account: AccountRecord | undefined): string[] {
  const plain = text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const orders = account?.orders ?? [];
  return orders
    .filter(
      ({ id, clientOrderId }) => isIn(plain, id) || (clientOrderId && isIn(plain, clientOrderId)),
    )
    .map(({ id }) => id);
}

/** As a word of its own: signatures and longer ids have the same digits in them now and then. */
const isIn = (text: string, id: string) =>
  new RegExp(`(?<![a-z0-9])${id.replace(/\W/g, '\\$&')}(?![a-z0-9])`, 'i').test(text);

/** What the venue, or what stands before it, answers; undefined: the connection is cut. */
export async function serve(
  venue: Reachable,
  request: () => Request,
  mixUp: MixUp,
  faults: readonly Fault[],
): Promise<Response | undefined> {
  const gateway = faults.map(gatewayAnswer).find((answer) => answer !== undefined);
  for (const fault of faults) bendVenue(venue.faults, fault);
  const acts = faults.every((fault) => !gatewayAnswer(fault) || fault.acts);
  if (!acts) return gateway;
  if (faults.some(({ kind }) => kind === 'request repeated')) await venue.reach(request());
  const answer = await venue.reach(request());
  if (gateway || !answer) return gateway ?? answer;
  let spoilt = {
    status: answer.status,
    headers: new Headers(answer.headers),
    text: await answer.text(),
  };
  for (const fault of faults) spoilt = spoil(spoilt, fault, mixUp);
  return new Response(spoilt.text || null, { status: spoilt.status, headers: spoilt.headers });
}

/** From what stands before the venue, in its place. */
function gatewayAnswer({ kind }: Fault): Response | undefined {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  switch (kind) {
    case '429':
    case '500':
    case '502':
    case '503':
    case '504':
      return new Response(`<html>${kind}</html>`, { status: Number(kind), headers: html });
    case 'HTML':
      return new Response('<!DOCTYPE html><title>Just a moment...</title>', { headers: html });
    case 'empty':
      return new Response(null);
    default:
      return undefined;
  }
}

export function bendVenue(faults: Faults<never>, { kind, by, acts }: Fault): void {
  if (kind === '429 with Retry-After')
    faults.add('any', { kind: 'rate-limit', seconds: by / 1000 });
  if (kind === 'locked by its time') faults.add('any', { kind: 'ban', ms: by, told: 'date' });
  if (kind === '418') faults.add('any', { kind: 'ban', ms: by, told: acts ? 'moment' : 'date' });
  if (kind === 'accepted and forgotten') faults.add('any', { kind: 'accept-and-forget' });
  if (kind === 'cancelled later') faults.add('any', { kind: 'accept-then-cancel', delayMs: by });
  if (kind === 'filled after it was accepted') {
    faults.add('any', { kind: 'accept-then-fill', delayMs: by });
  }
}

/** An order that was asked for, and the one that is answered for in its place. */
interface MixUp {
  readonly own: BookOrder | undefined;
  readonly other: BookOrder | undefined;
}

interface Spoilt {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

function spoil(answer: Spoilt, { kind }: Fault, { own, other }: MixUp): Spoilt {
  const { status, headers, text } = answer;
  switch (kind) {
    case 'truncated JSON':
      return { ...answer, text: text.slice(0, text.length / 2) };
    case 'wrong content type':
      headers.set('content-type', 'text/html');
      return answer;
    case 'status contradicts the body':
      return { ...answer, status: status < 300 ? 500 : 200 };
    case "another order's reply":
      return own && other
        ? {
            ...answer,
            text: renamed(renamed(text, own.id, other.id), own.clientOrderId, other.clientOrderId),
          }
        : answer;
    default:
      return answer;
  }
}

export function renamed(text: string, own: string | undefined, other: string | undefined): string {
  return own === undefined ? text : text.replaceAll(new RegExp(own, 'gi'), other ?? '');
}
