import type { NamedOrder, PushTrouble, StreamFaults } from './stream-faults.ts';
import type { SocketConnection } from './websocket.ts';

type Listener = Pick<SocketConnection, 'send' | 'cut' | 'silence'>;

/** Tells all that listen what happens to orders, with the trouble that was asked for. */
export class PushLine<Connection extends Listener = SocketConnection> {
  readonly #faults: StreamFaults;
  readonly #listening = new Set<Connection>();
  /** What comes after the next push. */
  readonly #held = new Map<Connection, string>();

  constructor(faults: StreamFaults) {
    this.#faults = faults;
  }

  join(connection: Connection): void {
    this.#listening.add(connection);
  }

  leave(connection: Connection): void {
    this.#listening.delete(connection);
    this.#held.delete(connection);
  }

  /** `write` is asked once for each that listens, also for what is lost then: a number that it gives is used up. */
  push(order: NamedOrder, write: (connection: Connection) => string): void {
    const fault = this.#faults.forPush(order);
    for (const connection of this.#listening) this.#tell(connection, write(connection), fault);
  }

  #tell(connection: Connection, text: string, fault: PushTrouble | undefined): void {
    switch (fault?.kind) {
      case 'drop':
        connection.cut();
        return;
      case 'silence':
        connection.silence();
        return;
      case 'lost':
        return;
      case 'out-of-order':
        this.#held.set(connection, text);
        return;
      case 'garbage':
        connection.send(fault.text ?? '{"succ');
        connection.send(text);
        break;
      case 'duplicate':
        connection.send(text);
        connection.send(text);
        break;
      case undefined:
        connection.send(text);
    }
    const late = this.#held.get(connection);
    this.#held.delete(connection);
    if (late !== undefined) connection.send(late);
  }
}
