import type { Page } from '@playwright/test';

/** What a page tells of itself. `at`: Unix milliseconds, by the clock that the venue's books are stamped by. */
export type Told = { readonly at: number } & (
  | { readonly kind: 'view'; readonly changes: Readonly<Record<string, string | undefined>> }
  | {
      readonly kind: 'screen';
      /** Of each row of the list its key and what it says. */
      readonly rows: readonly (readonly [string, string])[];
      readonly text: string;
    }
  | { readonly kind: 'asked'; readonly number: number; readonly message: Asked }
  | { readonly kind: 'answered'; readonly number: number; readonly answer: unknown }
);

export interface Asked {
  readonly kind: string;
  readonly id?: string;
  readonly orders?: readonly { readonly orderId: string }[];
}

interface Ears {
  readonly pullcordTold: (told: Told) => Promise<void>;
}

/** From its first line on a page tells what it is shown, what it asks and what stands on it. */
export async function watchPage(page: Page, hear: (told: Told) => void): Promise<void> {
  await page.exposeFunction('pullcordTold' satisfies keyof Ears, hear);
  await page.addInitScript(watch);
}

/** Runs in the page; what it closes over it does not have. */
function watch(): void {
  const ears = globalThis as unknown as Ears;
  const tell = (told: Told) => void ears.pullcordTold(told);

  chrome.storage.session.onChanged.addListener((all) => {
    const own = Object.entries(all).filter(([key]) => key.startsWith('view.'));
    const changes = Object.fromEntries(own.map(([key, { newValue }]) => [key, newValue as string]));
    if (own.length > 0) tell({ at: Date.now(), kind: 'view', changes });
  });

  const wishes = new Set(['cancel', 'cancel-many', 'cancel-all']);
  let number = 0;
  const { runtime } = chrome;
  const send = runtime.sendMessage.bind(runtime) as (...given: unknown[]) => Promise<unknown>;
  const ask = (message: Asked) => {
    const own = ++number;
    tell({ at: Date.now(), kind: 'asked', number: own, message });
    return (answer: unknown) => tell({ at: Date.now(), kind: 'answered', number: own, answer });
  };
  const told = (message: Asked, ...more: unknown[]) => {
    if (!wishes.has(message.kind)) return send(message, ...more);
    const answered = ask(message);
    // The page's library asks by a function, a test by a promise.
    const [callback] = more;
    if (typeof callback === 'function') {
      return send(message, (answer: unknown) => {
        answered(answer);
        (callback as (given: unknown) => void)(answer);
      });
    }
    return send(message, ...more).then((answer) => {
      answered(answer);
      return answer;
    });
  };
  const connect = runtime.connect.bind(runtime) as (
    ...given: unknown[]
  ) => ReturnType<typeof runtime.connect>;
  /** A line, on which each answer has the tag of what was asked. */
  const toldOn = (...given: unknown[]) => {
    const port = connect(...given);
    const post = port.postMessage.bind(port);
    const waiting = new Map<number, (answer: unknown) => void>();
    port.onMessage.addListener((message) => {
      const { tag, reply } = message as { readonly tag: number; readonly reply: unknown };
      waiting.get(tag)?.(reply);
      waiting.delete(tag);
    });
    return Object.assign(port, {
      postMessage(message: { readonly tag: number; readonly request: Asked }) {
        const { tag, request } = message;
        if (wishes.has(request.kind)) waiting.set(tag, ask(request));
        post(message);
      },
    });
  };
  Object.assign(runtime, { sendMessage: told, connect: toldOn });

  let last = '';
  const look = () => {
    const text = document.body?.textContent ?? '';
    const rows = [...document.querySelectorAll<HTMLElement>('[role="listitem"][data-key]')].map(
      (row) => [row.dataset['key'] ?? '', row.querySelector('output')?.textContent ?? ''] as const,
    );
    const all = JSON.stringify([text, rows]);
    if (all === last) return;
    last = all;
    tell({ at: Date.now(), kind: 'screen', rows, text });
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
  });
}
