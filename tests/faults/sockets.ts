import type { Faults } from '#tests/sandbox/shared/faults.ts';
import type { Venue } from './account.ts';
import type { Place } from './machine.ts';
import type { RequestRecord, Records } from './records.ts';
import type { Fault } from './schedule.ts';
import {
  createWay,
  VenueEnd,
  webSocketClass,
  type Line,
  type LineEars,
  type SocketOwner,
  type WebSocketClass,
} from './socket.ts';
import { startTimer, steadyNow } from './time.ts';
import { bendVenue, namedIn, renamed } from './wire.ts';

/** The WebSockets between the worker and the venues: the venues' own, without a port, since time is not real. */
export interface Sockets {
  readonly classFor: (
    owner: SocketOwner,
    headersFor?: (url: string) => Record<string, string>,
  ) => WebSocketClass;
  /** What pushes meet from now on. */
  readonly trouble: Trouble;
}

export interface Trouble {
  /** The first venue cuts what is open. */
  cut(): void;
  /** Nothing comes any more on what is open, and nobody is told. */
  silence(): void;
  /** The next connections are turned away. */
  refuse(count: number): void;
  /** What is pushed from now on until then comes so much later. */
  holdBack(by: number): void;
  /** Of what is pushed meanwhile, each frame but the first comes so much later than the one before. */
  spread(by: number, act: () => void): void;
}

interface SocketsNeeds {
  readonly venues: readonly Venue[];
  readonly records: Records;
  readonly roundTrip: number;
  readonly hasStreams: boolean;
  readonly arrive: (place: Place) => readonly Fault[];
}

/** A cancel on a WebSocket is answered by then, or the worker has given it up. */
const replyPatience = 5000;
/** By then the venue has pushed what comes of a request. */
const pushTime = 2000;

export function createSockets(needs: SocketsNeeds): Sockets {
  const { venues, records, roundTrip, hasStreams, arrive } = needs;
  const lines = new Set<{ readonly silence: () => void }>();
  let late = { by: 0, until: 0 };
  let spreading: { readonly by: number; pushed: number } | undefined;

  function lateness(): number {
    if (spreading) return spreading.pushed++ > 0 ? spreading.by : 0;
    return steadyNow() < late.until ? late.by : 0;
  }

  function connect(
    owner: SocketOwner,
    headers: Record<string, string>,
    url: string,
    ears: LineEars,
  ): Line {
    const address = new URL(url.replace(/^ws/, 'http'));
    const venue = venues.find((each) => each.url === address.origin);
    const accountHere = () => records.accounts.find(({ venue: name }) => name === venue?.name);
    const half = roundTrip / 2;
    const toVenue = createWay(half);
    const toClient = createWay(half);
    /** Of the cancels that wait for a reply, by their tags. */
    const cancels = new Map<string, { faults: readonly Fault[]; requests: RequestRecord[] }>();
    let server: VenueEnd | undefined;
    let isOver = false;
    let isSilent = false;

    const ifAlive = (act: () => void) => () => {
      if (!isOver && !owner.isDead()) act();
    };
    const over = ifAlive(() => {
      isOver = true;
      for (const { requests } of cancels.values()) for (const each of requests) end(each);
      lines.delete(line);
      ears.closed();
    });
    const line = { silence: () => void (isSilent = true) };
    lines.add(line);

    function note(text: string, named: readonly string[]): RequestRecord {
      const request: RequestRecord = {
        at: steadyNow(),
        endedAt: undefined,
        life: owner.lifeNumber(),
        account: accountHere(),
        isSigned: true,
        isCancel: named.length > 0,
        cancels: named,
        text: ['WS', url, JSON.stringify(headers), text].join('\n'),
      };
      records.requests.push(request);
      return request;
    }

    async function shakeHands(): Promise<void> {
      const isTaken =
        hasStreams &&
        venue &&
        (await venue.sockets.reach(address, headers, () => {
          toClient(ifAlive(ears.opened));
          server = new VenueEnd(tell, () => toClient(over));
          return server;
        }));
      if (!isTaken) toClient(over);
    }

    /** The venue says something. */
    function tell(text: string): void {
      if (isSilent) return;
      const account = accountHere();
      const answered = /"event":"cancelorders?"/.test(text) && readTag(text);
      if (answered) reply(text, answered);
      else if (namedIn(text, account).length > 0) push(text);
      else toClient(ifAlive(() => ears.heard(text)));
    }

    function push(text: string): void {
      const later = lateness();
      const faults = arrive('push');
      const met = (kind: Fault['kind']) => faults.find((fault) => fault.kind === kind);
      if (met('push lost') || isSilent) return;
      const told = met('push garbled') ? text.slice(0, text.length / 2) : text;
      const hear = ifAlive(() => {
        ears.heard(told);
        arrive('pushed');
      });
      toClient(hear, later + (met('push late')?.by ?? 0));
      const twice = met('push twice');
      if (twice) startTimer(hear, half + later + twice.by);
    }

    function reply(text: string, { tag, orderId }: Tagged): void {
      const { faults = [], requests = [] } = cancels.get(tag) ?? {};
      const met = (...kinds: Fault['kind'][]) => faults.find(({ kind }) => kinds.includes(kind));
      if (met('push instead of the reply')) return;
      if (faults.some(({ kind }) => cuts.has(kind))) {
        server?.terminate();
        return;
      }
      const account = accountHere();
      const own = account?.orders.find(({ id }) => id === orderId);
      const other = account?.orders.findLast(({ id }) => id !== orderId);
      let told: unknown = text;
      if (met('truncated JSON')) told = text.slice(0, text.length / 2);
      if (met('wrong content type')) told = new Blob([text]);
      if (met('status contradicts the body')) {
        told = text.replace(/"submitted":(true|false)/, (_, is) => `"submitted":${is === 'false'}`);
      }
      if (met("another order's reply") && own && other) told = renamed(text, own.id, other.id);
      // Pushes go before it.
      const lateBy = met('reply late', 'push before the reply')?.by ?? 0;
      const hear = ifAlive(() => {
        // Where it names none, it is about all of them.
        for (const each of requests)
          if (orderId === undefined || each.cancels.includes(orderId)) end(each);
        arrive('cancel-reply');
        if (!owner.isDead()) ears.heard(told);
      });
      if (lateBy > 0) startTimer(hear, half + lateBy);
      else toClient(hear);
    }

    function sendCancel(text: string): void {
      const requests = namedIn(text, accountHere()).map((id) => note(text, [id]));
      const faults = arrive('cancel');
      const met = (...kinds: Fault['kind'][]) => faults.find(({ kind }) => kinds.includes(kind));
      if (owner.isDead() && roundTrip > 100) return;
      const tag = readTag(text)?.tag ?? '';
      cancels.set(tag, { faults, requests });
      startTimer(() => requests.forEach(end), replyPatience);
      const edit = met('edited elsewhere');
      const isLost =
        met('request lost') ??
        (edit && !edit.acts ? edit : undefined) ??
        faults.find(({ kind, acts }) => gates.has(kind) && !acts);
      if (isLost) return void startTimer(() => server?.terminate(), half);
      if (!venue) return;
      const act = () => {
        for (const fault of faults) bendVenue(venue.faults as Faults<never>, fault);
        server?.emit('message', text);
        if (met('request repeated')) server?.emit('message', text);
      };
      toVenue(act, met('request late', 'edited elsewhere')?.by ?? 0);
    }

    owner.atDeath(() => toVenue(() => server?.gone()));
    note('', []);
    toVenue(() => void shakeHands());

    return {
      send(text) {
        if (/"op":"cancelorders?"/.test(text)) return sendCancel(text);
        note(text, []);
        toVenue(() => server?.emit('message', text));
      },
      close() {
        toVenue(() => server?.gone());
        startTimer(over, roundTrip);
      },
    };
  }

  return {
    classFor: (owner, headersFor = () => ({})) =>
      webSocketClass((url, ears) => connect(owner, headersFor(url), url, ears)),
    trouble: {
      cut: () => venues[0]?.sockets.cut(),
      silence() {
        for (const line of lines) line.silence();
      },
      refuse: (count) => venues[0]?.sockets.faults.add({ kind: 'full' }, { times: count }),
      holdBack: (by) => void (late = { by, until: steadyNow() + roundTrip + pushTime }),
      spread(by, act) {
        spreading = { by, pushed: 0 };
        act();
        spreading = undefined;
      },
    },
  };
}

function end(request: RequestRecord): void {
  request.endedAt ??= steadyNow();
}

/** What stands before a venue answers no message: it cuts. */
const gates: ReadonlySet<Fault['kind']> = new Set([
  '429',
  '500',
  '502',
  '503',
  '504',
  'HTML',
  'empty',
]);
const cuts: ReadonlySet<Fault['kind']> = new Set([...gates, 'reply lost']);

interface Tagged {
  readonly tag: string;
  readonly orderId: string | undefined;
}

function readTag(text: string): Tagged | undefined {
  const { tag, data } = JSON.parse(text) as { tag?: string; data?: { orderId?: string } };
  return tag === undefined ? undefined : { tag, orderId: data?.orderId };
}
