import { tryParseExactJson } from '#tests/sandbox/shared/json.ts';
import { permits } from '#tests/sandbox/shared/key-ring.ts';
import { remaining, type BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import { isSignatureOf } from '#tests/sandbox/shared/signature.ts';
import { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import { answerMessage } from '#tests/sandbox/shared/websocket-message.ts';
import { VenueSockets, type SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import type { Desk } from './settings.ts';
import {
  deleted,
  greeting,
  inserted,
  loginResult,
  matched,
  traded,
  updated,
} from './stream-messages.ts';

const path = '/';

/** The private WebSocket of fact sheet 1.8: one login for each connection, and then the user's messages without a subscription. */
export function openStream(desk: Desk): VenueSockets {
  const { clock, faults, limits, requests, settings, timers } = desk;
  const trouble = new StreamFaults();
  const line = new PushLine(trouble);
  const loggedIn = new WeakSet<SocketConnection>();
  tellOfOrders(desk, line);

  function logIn(fields: Readonly<Record<string, unknown>>, connection: SocketConnection): string {
    if (trouble.refusesLogin()) return loginResult(wrongRequest);
    if (loggedIn.has(connection)) return loginResult('Already logged in');
    const refusal = refusalOf(fields, desk);
    if (refusal !== undefined) return loginResult(refusal);
    const apiKey = desk.keys.find(String(fields['publicKey']));
    const mayListen = apiKey && permits(apiKey, 'websocket', connection.request.address);
    if (!mayListen && settings.withoutRight === 'refused') return loginResult(wrongRequest);
    loggedIn.add(connection);
    if (mayListen) line.join(connection);
    return loginResult();
  }

  return new VenueSockets(
    {
      path,
      connected(connection) {
        if (settings.greets) connection.send(greeting);
      },
      received(connection, text) {
        const fields = readLogin(text);
        const end = requests.receiveMessage(connection, text, {
          venue: 'btcturk',
          operation: fields && 'login',
        });
        // What else may be sent, of public channels and by the site itself, is not served and not answered.
        if (!fields) return end({ outcome: 'pending', status: undefined, reply: undefined });
        const work = {
          operation: 'login',
          orderNames: [],
          act: () => logIn(fields, connection),
          refusal: loginResult,
          tooFast: () => loginResult('TOO_MANY_REQUESTS'),
        } as const;
        void answerMessage(work, connection, { faults, limits, timers }).then(end);
      },
      closed: (connection) => line.leave(connection),
    },
    trouble,
  );

  /** Checked in this order, which is not documented. */
  function refusalOf(
    { publicKey, timestamp, nonce, signature }: Readonly<Record<string, unknown>>,
    { keys }: Desk,
  ): string | undefined {
    const at = /^\d+$/.test(String(timestamp)) ? Number(timestamp) : undefined;
    const told = String(nonce);
    // Without a timestamp a nonce is called invalid, a wrong nonce is only part of a wrong request (#590, #599).
    if (at === undefined) return 'Unauthorized - Invalid Nonce';
    const apiKey = keys.find(String(publicKey));
    if (!apiKey) return 'Unauthorized - Invalid Public key';
    const isTaken =
      settings.loginNonce === 'tolerance'
        ? /^\d{1,5}$/.test(told) && Math.abs(clock.now() - at) <= Number(told)
        : told === settings.loginNonce;
    const isSigned = isSignatureOf(
      String(signature),
      Buffer.from(apiKey.secret, 'base64'),
      apiKey.key + told,
    );
    return isTaken && isSigned ? undefined : wrongRequest;
  }
}

const wrongRequest = 'Unauthorized - Invalid Request';

/** The object of `[114, {…}]`; undefined for anything else. */
function readLogin(text: string): Record<string, unknown> | undefined {
  const parsed = tryParseExactJson(text);
  if (!Array.isArray(parsed) || parsed[0] !== '114') return undefined;
  const fields: unknown = parsed[1];
  return typeof fields === 'object' && fields !== null ? { ...fields } : {};
}

/** What becomes of orders, one push for each message. Of what the venue itself ends nothing is documented. */
function tellOfOrders({ book, clock, queued, settings }: Desk, line: PushLine): void {
  const last = new Map<string, BookOrder>();
  const tell = (order: BookOrder, text: string): void => line.push(order, () => text);

  function ended(order: BookOrder): void {
    const asked = queued.get(order.id);
    queued.delete(order.id);
    tell(
      order,
      deleted(order, remaining(settings.deletedLeft === 'stale' ? (asked ?? order) : order)),
    );
  }

  function filled(order: BookOrder, before: BookOrder): void {
    tell(order, matched(order, before.filled, settings.matchModel, clock.now()));
    tell(order, traded(order, before.filled, clock.now()));
    if (order.status === 'filled' && settings.fullFill === 'match-and-delete') ended(order);
  }

  function amended(order: BookOrder, before: BookOrder): void {
    if (settings.amendSends === 'update') return tell(order, updated(order));
    tell(order, deleted(before, remaining(before)));
    tell(order, inserted(order));
  }

  book.onChange((order) => {
    const before = last.get(order.id);
    last.set(order.id, order);
    if (order.isForeign) return;
    // A book that was emptied tells nobody, so an order placed again may follow one that had ended.
    if (before === undefined || before.sequence !== order.sequence) {
      if (order.status === 'open') tell(order, inserted(order));
    } else if (order.filled !== before.filled) filled(order, before);
    else if (order.status === 'cancelled') ended(order);
    else if (order.price !== before.price || order.quantity !== before.quantity)
      amended(order, before);
  });
}
