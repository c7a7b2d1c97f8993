import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A line to a server on this machine, on which each new connection takes its time to come about: as over a distance. */
export interface SlowLine {
  /** In the place of the server's. */
  readonly url: string;
  /** Cuts every connection: the next request needs a new one. */
  cut(): void;
  close(): void;
}

/** `delay`: what a connection costs beyond what it costs here, in milliseconds. What goes over it then is not slowed down. */
export async function openSlowLine(url: string, delay: number): Promise<SlowLine> {
  const port = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    sockets.add(near.on('close', () => sockets.delete(near)).on('error', () => near.destroy()));
    near.setNoDelay();
    setTimeout(() => {
      if (near.destroyed) return;
      const far = connect(port, '127.0.0.1').setNoDelay();
      far.on('error', () => near.destroy()).on('close', () => near.destroy());
      near.on('close', () => far.destroy());
      near.pipe(far).pipe(near);
    }, delay);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
