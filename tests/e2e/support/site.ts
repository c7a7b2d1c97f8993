import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A web site on this machine, as it may be anybody's. */
export interface Site {
  /** Its address, with a slash at its end. */
  readonly url: string;
  /** What was asked of it, as paths. */
  readonly asked: readonly string[];
  /** Puts a page there; gives its address. */
  put(html: string, path?: string): string;
  stop(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const pages = new Map<string, string>();
  const asked: string[] = [];
  const server = createServer(({ url = '/' }, response) => {
    asked.push(url);
    const html = pages.get(new URL(url, 'http://x').pathname);
    response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html' });
    response.end(html);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    asked,
    put(html, path = 'page') {
      pages.set(`/${path}`, `<!doctype html><meta charset=utf-8><title>Site</title>${html}`);
      return url + path;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
