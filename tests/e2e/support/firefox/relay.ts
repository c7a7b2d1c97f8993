import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { loadAsBrowser, setColorScheme, type Chrome } from './chrome-scope.ts';

/**
 * Stands between Playwright and a Firefox as it is released, which speak WebDriver BiDi with each other, and does what Firefox
 * refuses to them: it leads to no page of an extension, tells of no such page that it has loaded, and has no way to another
 * colour scheme. What a test wants of the browser itself goes the same way, in among the rest.
 */
export interface Relay {
  readonly port: number;
  /** A command of WebDriver BiDi's. */
  ask(method: string, params: object): Promise<unknown>;
  /** Runs this in the browser's own window, where all of Firefox can be reached. */
  inChrome: Chrome;
  stop: () => Promise<void>;
}

const message = v.looseObject({
  id: v.optional(v.number()),
  method: v.optional(v.string()),
  params: v.optional(v.record(v.string(), v.unknown()), {}),
  type: v.optional(v.string()),
  result: v.optional(v.unknown()),
  message: v.optional(v.string()),
});
type Message = v.InferOutput<typeof message>;

/** Playwright counts from 1, and ends with the largest. */
const firstOwnId = 1_000_000_000;
const lastOwnId = 2_000_000_000;

const isOurPage = (url: unknown) => typeof url === 'string' && url.startsWith('moz-extension:');

export async function startRelay(): Promise<Relay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  const answers = new Map<number, PromiseWithResolvers<unknown>>();
  /** Which navigation has begun where, for who waits for one. */
  const begun = new Map<unknown, (navigation: unknown) => void>();
  /** Which contexts Playwright knows to be no more. */
  const gone = new Set<unknown>();
  let lastId = firstOwnId;
  /** Set as soon as Playwright has come. */
  let lines: { firefox: WebSocket; playwright: WebSocket } | undefined;
  /** What was said before there was Firefox. */
  const early: string[] = [];

  function toFirefox(text: string): void {
    if (lines?.firefox.readyState === WebSocket.OPEN) lines.firefox.send(text);
    else early.push(text);
  }

  function toPlaywright(told: object): void {
    lines?.playwright.send(JSON.stringify(told));
  }

  function ask(method: string, params: object): Promise<unknown> {
    const id = ++lastId;
    const answer = Promise.withResolvers<unknown>();
    answers.set(id, answer);
    toFirefox(JSON.stringify({ id, method, params }));
    return answer.promise;
  }

  const inChrome: Chrome = async (script, given) => {
    const tree = v.object({ contexts: v.array(v.object({ context: v.string() })) });
    const scope = { 'moz:scope': 'chrome', maxDepth: 0 };
    const { contexts } = v.parse(tree, await ask('browsingContext.getTree', scope));
    const json = given === undefined ? '' : JSON.stringify(given);
    const answer = await ask('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${String(script)})(${json})) ?? 'null')()`,
      target: { context: contexts[0]?.context },
      awaitPromise: true,
    });
    const told = v.parse(evaluated, answer);
    if (told.type !== 'success') throw new Error(told.exceptionDetails?.text ?? 'it failed');
    return JSON.parse(told.result?.value ?? 'null');
  };

  /** Playwright is told what Firefox would, were the page a site's. */
  async function tellWhenLoaded({ params }: Message): Promise<void> {
    const { context } = params;
    await ask('script.callFunction', {
      functionDeclaration: String(untilLoaded),
      target: { context, sandbox: 'pullcord-relay' },
      awaitPromise: true,
    });
    for (const method of ['browsingContext.domContentLoaded', 'browsingContext.load']) {
      toPlaywright({ type: 'event', method, params });
    }
  }

  /** Of a page of an extension's, Firefox does not always tell that it has gone. */
  async function close({ id, params }: Message): Promise<void> {
    await ask('browsingContext.close', params);
    toPlaywright({ type: 'success', id, result: {} });
    tellGone(params['context']);
  }

  function tellGone(context: unknown): void {
    if (gone.has(context)) return;
    gone.add(context);
    const params = { context, children: [], parent: null, url: '', userContext: 'default' };
    toPlaywright({ type: 'event', method: 'browsingContext.contextDestroyed', params });
  }

  async function goTo({ id, params: { context, url } }: Message): Promise<void> {
    const navigation = new Promise((resolve) => begun.set(context, resolve));
    await inChrome(loadAsBrowser, { context: String(context), url: String(url) });
    toPlaywright({ type: 'success', id, result: { navigation: await navigation, url } });
  }

  async function changeColours({ id, params }: Message): Promise<void> {
    const { contexts, features } = v.parse(media, params);
    // For all contexts at once it is said at their start, and is what they have.
    await inChrome(setColorScheme, {
      contexts,
      scheme: features['prefers-color-scheme'] ?? 'none',
    });
    toPlaywright({ type: 'success', id, result: {} });
  }

  /** Whether it has been seen to here. */
  function fromPlaywright(said: Message): boolean {
    const { id, method, params } = said;
    const fail = (error: Error) =>
      toPlaywright({ type: 'error', id, error: 'unknown error', message: error.message });
    if (method === 'browsingContext.navigate' && isOurPage(params['url'])) {
      goTo(said).catch(fail);
      return true;
    }
    if (method === 'browsingContext.close') {
      close(said).catch(fail);
      return true;
    }
    if (method !== 'emulation.setMediaFeaturesOverride') return false;
    changeColours(said).catch(fail);
    return true;
  }

  /** Whether it is for Playwright. */
  function fromFirefox(said: Message): boolean {
    const { id = 0, method, params } = said;
    if (id > firstOwnId && id < lastOwnId) {
      const answer = answers.get(id);
      answers.delete(id);
      if (said.type === 'error') answer?.reject(new Error(said.message));
      else answer?.resolve(said.result);
      return false;
    }
    if (method === 'browsingContext.navigationStarted') {
      begun.get(params['context'])?.(params['navigation']);
      begun.delete(params['context']);
    }
    if (method === 'browsingContext.contextDestroyed') {
      if (gone.has(params['context'])) return false;
      gone.add(params['context']);
    }
    return true;
  }

  server.on('connection', (playwright, request) => {
    const [, port] = (request.url ?? '').split('/');
    const firefox = new WebSocket(`ws://127.0.0.1:${port}/session`, { perMessageDeflate: false });
    lines = { firefox, playwright };
    firefox.on('open', () => early.splice(0).forEach(toFirefox));
    playwright.on('message', (data) => {
      const text = textOf(data);
      if (!fromPlaywright(v.parse(message, JSON.parse(text)))) toFirefox(text);
    });
    firefox.on('message', (data) => {
      const text = textOf(data);
      const said = v.parse(message, JSON.parse(text));
      if (!fromFirefox(said)) return;
      playwright.send(text);
      // A page that goes before it has loaded is no fault.
      if (said.method === 'browsingContext.navigationCommitted' && isOurPage(said.params['url'])) {
        tellWhenLoaded(said).catch(() => undefined);
      }
    });
    firefox.on('close', () => playwright.close());
    playwright.on('close', () => firefox.close());
  });

  return {
    port: (server.address() as AddressInfo).port,
    ask,
    inChrome,
    async stop() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

/** It is never in pieces. */
function textOf(data: RawData): string {
  return (data as Buffer).toString('utf8');
}

const evaluated = v.object({
  type: v.string(),
  result: v.optional(v.object({ value: v.optional(v.string()) })),
  exceptionDetails: v.optional(v.object({ text: v.string() })),
});

const media = v.object({
  contexts: v.optional(v.array(v.string()), []),
  features: v.object({ 'prefers-color-scheme': v.nullish(v.string()) }),
});

/* What follows runs in the page. */

function untilLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else addEventListener('load', () => resolve(), { once: true });
  });
}
