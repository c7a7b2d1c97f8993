import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import { launchExtension, type OwnExtension } from '#tests/e2e/support/extension.ts';
import { HiddenPage } from '#tests/e2e/support/hidden-page.ts';
import { makeStranger, type Stranger } from '#tests/e2e/support/stranger.ts';
import { test as base } from '#tests/e2e/support/test.ts';
import { signerOf } from '#tests/unit/support/fixtures.ts';
import { buildWithDoor } from './build.ts';
import type { Door } from './handed-out.ts';

/**
 * The extension as it is built, but that a test has in its hands what the worker hands to its streams: the way to a WebSocket with
 * headers of its handshake. In a browser of its own, with another extension beside it.
 */

interface Fixtures {
  stranger: Stranger;
  extension: OwnExtension;
  /** A page of ours that is open all the time, and from which it is looked. */
  page: Page;
  /** Opens a stream: with the venue's first key and at its address, unless told. Resolves when the worker has been asked to. */
  open: (told?: {
    readonly apiKey?: { readonly key: string; readonly secret: string };
    readonly address?: string;
  }) => Promise<Stream>;
}

interface Stream {
  readonly address: string;
  readonly proof: Readonly<Record<string, string>>;
  /** `open`, frames, `closed`. */
  heard: () => Promise<readonly unknown[]>;
  close: () => Promise<void>;
}

export const test = base.extend<Fixtures, { door: string }>({
  accounts: ['habit-trade'],
  pushes: true,
  door: [
    async ({}, use) => {
      const folder = await buildWithDoor();
      await use(folder);
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  stranger: async ({}, use) => {
    const stranger = await makeStranger();
    await use(stranger);
    await stranger.remove();
  },
  extension: async ({ door, stranger }, use) => {
    const extension = await launchExtension({ folder: door, beside: stranger.folder });
    await use(extension);
    await extension.close();
  },
  page: async ({ extension }, use) => {
    await use(await extension.open('options.html'));
  },
  open: async ({ extension, sandbox }, use) => {
    const { keys, url } = sandbox.venues['habit-trade'];
    const { feed }: Venue = venues['habit-trade'];
    await use(
      async ({ apiKey = keys.list[0], address = url.replace('http', 'ws') + feed?.path } = {}) => {
        if (!apiKey || !feed?.handshake) throw new Error('Habit Trade has no such stream');
        const { key, secret } = apiKey;
        const signing = { apiKey: key, apiSecret: secret, timestamp: Date.now() };
        const proof = await feed.handshake(await signerOf(venues['habit-trade'], signing));
        const worker = await extension.worker();
        const at = await worker.evaluate(openByDoor, { address, proof });
        return {
          address,
          proof,
          heard: () => worker.evaluate(heardAt, at),
          close: () => worker.evaluate(closeAt, at),
        };
      },
    );
  },
});

export async function attach({ context }: OwnExtension): Promise<HiddenPage> {
  return new HiddenPage(await HiddenPage.attach(context, 'offscreen.html'));
}

export function rules(page: Page) {
  return page.evaluate(() => chrome.declarativeNetRequest.getSessionRules());
}

export function documents(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(async () => {
    const contexts = await chrome.runtime.getContexts({
      contextTypes: ['OFFSCREEN_DOCUMENT' as never],
    });
    return contexts.map(({ documentUrl }) => documentUrl);
  });
}

/* What follows runs in the worker. */

interface Opened extends Door {
  opened: { heard: unknown[]; close(): void }[];
}

function openByDoor({ address, proof }: { address: string; proof: Record<string, string> }) {
  const scope = globalThis as unknown as Opened;
  scope.opened ??= [];
  const heard: unknown[] = [];
  const socket = scope.transport.openSocketWithHeaders?.(address, proof, {
    onOpen: () => heard.push('open'),
    onMessage: (data) => heard.push(data ?? null),
    onClose: () => heard.push('closed'),
  });
  if (!socket) throw new Error('there is no way');
  return scope.opened.push({ heard, close: () => socket.close() }) - 1;
}

function heardAt(at: number): readonly unknown[] {
  return (globalThis as unknown as Opened).opened[at]?.heard ?? [];
}

function closeAt(at: number): void {
  (globalThis as unknown as Opened).opened[at]?.close();
}
