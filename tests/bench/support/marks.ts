// A function that runs elsewhere can take nothing along.
/* oxlint-disable unicorn/consistent-function-scoping */

import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names of what was noted, and when: Unix milliseconds. */
export type Marks = readonly (readonly [name: string, at: number])[];

/** A build of Pullcord that notes what it does when, in a folder of its own. Nothing else of it is changed. */
export async function writeMarkedBuild(build: string, folder: string): Promise<string> {
  await cp(build, folder, { recursive: true });
  await markWorker(join(folder, 'background.js'));
  const chunks = join(folder, 'chunks');
  const popup = (await readdir(chunks)).find((name) => /^popup-.*\.js$/.test(name));
  if (popup === undefined) throw new Error('the popup has no script');
  const script = await readFile(join(chunks, popup), 'utf8');
  const [begin, end] = ['script runs', 'script has run'].map(
    (name) => `performance.mark(${JSON.stringify(name)});`,
  );
  await writeFile(join(chunks, popup), `${begin}\n${script}\n;${end}\n`);
  return folder;
}

/** What the browser is asked for is noted from outside the worker's own script, in Pullcord's worker and in any other. */
export async function markWorker(file: string): Promise<void> {
  const script = await readFile(file, 'utf8');
  const end = 'performance.mark("script has run");';
  await writeFile(file, `(${noteWorker.toString()})();\n${script}\n;${end}\n`);
}

/* What follows runs in the worker or the page. */

function noteWorker(): void {
  type Act = (...parameters: unknown[]) => unknown;
  const note = (name: string) => void performance.mark(name);
  note('script runs');
  const watch = (holder: object, name: string, watched: (real: Act) => Act) =>
    Reflect.set(holder, name, watched(Reflect.get(holder, name) as Act));
  const noteEnd = (name: string) => (real: Act) =>
    function noted(this: unknown, ...parameters: unknown[]) {
      const result = Reflect.apply(real, this, parameters) as Promise<unknown>;
      void result.then(() => note(name));
      return result;
    };

  chrome.runtime.onMessage.addListener(() => note('message heard'));
  chrome.runtime.onConnect.addListener((port) =>
    port.onMessage.addListener(() => note('message heard')),
  );
  watch(
    globalThis,
    'fetch',
    (real) =>
      function noted(this: unknown, ...parameters: unknown[]) {
        note('request handed to the network');
        return Reflect.apply(real, this, parameters);
      },
  );
  watch(crypto.subtle, 'decrypt', noteEnd('account opened'));
  watch(crypto.subtle, 'sign', noteEnd('request signed'));
  if ('storage' in chrome) watch(chrome.storage.session, 'get', noteEnd('vault key read'));
  watch(
    IDBFactory.prototype,
    'open',
    (real) =>
      function noted(this: unknown, ...parameters: unknown[]) {
        const opening = Reflect.apply(real, this, parameters) as IDBOpenDBRequest;
        opening.addEventListener('success', () => note('database open'));
        return opening;
      },
  );
  watch(
    IDBDatabase.prototype,
    'transaction',
    (real) =>
      function noted(this: unknown, ...parameters: unknown[]) {
        const transaction = Reflect.apply(real, this, parameters) as IDBTransaction;
        if (parameters[1] === 'readwrite') {
          transaction.addEventListener('complete', () => note('row written'));
        }
        return transaction;
      },
  );
}

/** All that has been noted since. */
export function marksSince(since: number): Marks {
  return performance
    .getEntriesByType('mark')
    .map(({ name, startTime }) => [name, performance.timeOrigin + startTime] as const)
    .filter(([, at]) => at >= since);
}

/** Runs in the popup before anything of its own. */
export function notePopup(): void {
  const note = (name: string) => void performance.mark(name);
  const { session } = chrome.storage;
  const get = session.get.bind(session) as (keys: string[]) => Promise<unknown>;
  let reads = 0;
  Reflect.set(session, 'get', async (keys: string[]) => {
    const found = await get(keys);
    note(`view: ${++reads === 1 ? 'index read' : 'orders read'}`);
    return found;
  });
  const create = document.createElement.bind(document);
  let isRendering = false;
  Reflect.set(document, 'createElement', (name: string) => {
    if (!isRendering && reads > 0) note('rendering begins');
    isRendering ||= reads > 0;
    return create(name);
  });
}

/** Milliseconds from the navigation. */
export function pageMarks(): Marks {
  const own = performance
    .getEntriesByType('mark')
    .map(({ name, startTime }) => [name, startTime] as const);
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const lastOf = (end: string) => {
    const found = files.find(({ name }) => name.endsWith(end));
    return found ? [[`${end} there`, found.responseEnd] as const] : [];
  };
  return [
    ['document there', page?.responseEnd ?? 0],
    ['document parsed', page?.domInteractive ?? 0],
    ...lastOf('.css'),
    ...lastOf('.js'),
    ...own,
  ];
}
