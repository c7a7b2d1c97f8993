import type { ApiKey } from '#tests/sandbox/shared/key-ring.ts';
import { tryParseExactJson } from '#tests/sandbox/shared/json.ts';
import type { Operation } from '#tests/sandbox/shared/operation.ts';
import type { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import { RateLimits } from '#tests/sandbox/shared/rate-limits.ts';
import { answerMessage, type MessageWork } from '#tests/sandbox/shared/websocket-message.ts';
import { VenueSockets, type SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { logIn, mayDo, type OxFunRight } from './authorize.ts';
import type { Engine } from './engine.ts';
import { messageRules } from './limits.ts';
import { asObject, findNamed, readNamed, type Named } from './named-order.ts';
import type { Pushes } from './pushes.ts';
import { messages, type OxFunError } from './replies.ts';
import type { Desk } from './settings.ts';

const path = '/v2/websocket';
const maxTag = 31;
/** "By default up to 20" (fact sheet 1.6). */
const maxBatch = 20;

interface Session {
  readonly limits: RateLimits;
  readonly channels: Set<string>;
  apiKey: ApiKey<OxFunRight> | undefined;
}

interface Message {
  readonly op: string;
  readonly tag: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

type Work = MessageWork<OxFunError>;

const operationOf: Readonly<Record<string, Operation>> = {
  login: 'login',
  subscribe: 'subscribe',
  unsubscribe: 'subscribe',
  cancelorder: 'cancel',
  cancelorders: 'cancel',
};

/** The WebSocket of fact sheet 1.3 to 1.8. */
export function openSockets(
  desk: Desk,
  engine: Engine,
  pushes: Pushes,
  trouble: StreamFaults,
): VenueSockets {
  const { book, clock, faults, limits, requests, settings, timers } = desk;
  const sessions = new WeakMap<SocketConnection, Session>();
  const stamp = (): string => String(clock.now());

  /** A reply in the shape of its operation: cancels are `submitted`, the rest a `success`. */
  function reply({ op, tag }: Message, isFine: boolean, more: object = {}): string {
    const isCancel = operationOf[op] === 'cancel';
    return JSON.stringify({
      event: isCancel ? 'cancelorder' : op,
      [isCancel ? 'submitted' : 'success']: isFine,
      tag,
      ...more,
      timestamp: stamp(),
    });
  }

  const refusal = (message: Message, code: OxFunError, more: object = {}): string =>
    reply(message, false, { message: messages[code], code, ...more });

  /** Everything but the work of one operation. */
  const work = (
    message: Message,
    operation: Operation,
    rest: Pick<Work, 'orderNames' | 'act'>,
  ) => ({
    operation,
    refusal: (error: OxFunError) => refusal(message, error),
    tooFast: () => refusal(message, '20007'),
    ...rest,
  });

  function cancelWork(message: Message, given: Named): Work {
    const { marketCode, orderId } = given;
    const named = settings.socketTakesClientOrderId
      ? given
      : { ...(marketCode && { marketCode }), ...(orderId && { orderId }) };
    const known = [book.find(orderId ?? ''), book.findByClientOrderId(given.clientOrderId ?? '')];
    const names = known.flatMap((order) => [order?.id, order?.clientOrderId]);
    return {
      ...work(message, 'cancel', {
        orderNames: [orderId, given.clientOrderId, ...names].filter((name) => name !== undefined),
        act(fault) {
          const order = findNamed(named, book);
          if (typeof order === 'string') return refusal(message, order, { data: given });
          const { id, symbol, clientOrderId } = order;
          const told = reply(message, true, {
            data: { marketCode: symbol, clientOrderId, orderId: id },
          });
          engine.cancel(order, fault);
          return told;
        },
      }),
      refusal: (error) => refusal(message, error, { data: given }),
    };
  }

  function loginWork(message: Message, connection: SocketConnection, session: Session): Work {
    return work(message, 'login', {
      orderNames: [],
      act() {
        if (session.apiKey) return refusal(message, '20005');
        if (trouble.refusesLogin()) return refusal(message, '20025');
        const apiKey = logIn(asObject(message.fields['data']) ?? {}, desk);
        if (typeof apiKey === 'string') return refusal(message, apiKey);
        if (!mayDo(apiKey, 'read', connection.request.address)) return refusal(message, '05001');
        session.apiKey = apiKey;
        session.limits.rules = messageRules.loggedIn;
        pushes.loggedIn(connection);
        return reply(message, true);
      },
    });
  }

  function subscribeWork(
    message: Message,
    channel: unknown,
    connection: SocketConnection,
    session: Session,
  ): Work {
    return work(message, 'subscribe', {
      orderNames: [],
      act() {
        if (typeof channel !== 'string' || !/^order:[^:]+$/.test(channel))
          return refusal(message, '20002');
        if (message.op === 'subscribe') session.channels.add(channel);
        else session.channels.delete(channel);
        pushes.listen(connection, session.channels.size > 0);
        return reply(message, true, { channel });
      },
    });
  }

  /** What a message asks for, one by one; or the code it is refused with. */
  function read(
    message: Message,
    connection: SocketConnection,
    session: Session,
  ): Work[] | OxFunError {
    const { op, tag = '', fields } = message;
    if (!operationOf[op]) return '20003';
    if (tag.length > maxTag) return '20034';
    if (op === 'login') return [loginWork(message, connection, session)];
    if (!session.apiKey) return '20026';
    if (op === 'subscribe' || op === 'unsubscribe') {
      const { args } = fields;
      if (!Array.isArray(args) || args.length === 0) return '20002';
      return args.map((channel) => subscribeWork(message, channel, connection, session));
    }
    if (!mayDo(session.apiKey, 'trade', connection.request.address)) return '05001';
    if (op === 'cancelorder') return [cancelWork(message, readNamed(fields['data']))];
    const { dataArray } = fields;
    if (!Array.isArray(dataArray) || dataArray.length === 0) return '20002';
    if (dataArray.length > maxBatch) return '20027';
    return dataArray.map((one) => cancelWork(message, readNamed(one)));
  }

  function received(connection: SocketConnection, text: string): void {
    const session = sessions.get(connection);
    if (!session) return;
    const message = parse(text);
    const operation = message && operationOf[message.op];
    const end = requests.receiveMessage(connection, text, {
      venue: 'ox-fun',
      operation,
      orderId: message && namesIn(message),
    });
    const say = (told: string): void => {
      connection.send(told);
      end({ outcome: 'answered', status: undefined, reply: told });
    };
    if (text === 'ping') {
      connection.closeAfter(settings.idleMs);
      say('pong');
      return;
    }
    if (!message) {
      const code = '20009' satisfies OxFunError;
      say(JSON.stringify({ success: false, message: messages[code], code, timestamp: stamp() }));
      return;
    }
    session.limits.enabled = limits.enabled;
    if (operation && session.limits.check(operation, { account: '', ip: '' })) {
      say(refusal(message, '20007', dataOf(message)));
      return;
    }
    const works = read(message, connection, session);
    if (typeof works === 'string') say(refusal(message, works, dataOf(message)));
    else void answerEach(works, connection, { faults, limits: session.limits, timers }).then(end);
  }

  return new VenueSockets(
    {
      path,
      connected(connection) {
        const session = { channels: new Set<string>(), apiKey: undefined };
        sessions.set(connection, { ...session, limits: new RateLimits(messageRules.unknown) });
        connection.closeAfter(settings.idleMs);
        if (settings.greets)
          connection.send(JSON.stringify({ event: 'Welcome', nonce: stamp(), timestamp: stamp() }));
      },
      received,
      closed: (connection) => pushes.forget(connection),
    },
    trouble,
  );
}

/**
 * One reply for each (fact sheet 1.6), and each meets its own fault. The whole message has arrived, so where one cuts the
 * socket the others take effect still, unanswered.
 */
async function answerEach(
  works: readonly Work[],
  connection: SocketConnection,
  parts: Parameters<typeof answerMessage<OxFunError>>[2],
): ReturnType<typeof answerMessage> {
  const ends = await Promise.all(works.map((one) => answerMessage(one, connection, parts)));
  const silent = ends.find(({ outcome }) => outcome !== 'answered');
  return (
    silent ?? {
      outcome: 'answered',
      status: undefined,
      reply: ends.map(({ reply }) => reply).join('\n'),
    }
  );
}

/** The parsed message; a tag, number or text, is text from here on. Undefined where it is no JSON object. */
function parse(text: string): Message | undefined {
  const fields = asObject(tryParseExactJson(text));
  if (!fields) return undefined;
  const { op, tag } = fields;
  return {
    op: typeof op === 'string' ? op : '',
    tag: typeof tag === 'string' ? tag : undefined,
    fields,
  };
}

const dataOf = ({ op, fields }: Message): object =>
  op === 'cancelorder' ? { data: readNamed(fields['data']) } : {};

/** For the log: the order, or the orders with commas between. */
function namesIn({ op, fields: { data, dataArray } }: Message): string | undefined {
  if (op !== 'cancelorder' && op !== 'cancelorders') return undefined;
  const all = op === 'cancelorder' ? [data] : Array.isArray(dataArray) ? dataArray : [];
  const names = all.map(readNamed).map(({ orderId, clientOrderId }) => orderId ?? clientOrderId);
  return names.filter((name) => name !== undefined).join(',') || undefined;
}
