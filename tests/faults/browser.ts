import type { Machine, Place, Rule, Storage } from './machine.ts';

/** Who listens to what, by its name in the browser's API. */
export type Ears = Map<string, (...told: unknown[]) => unknown>;

interface BrowserNeeds {
  readonly whileAlive: <T>(asked: () => Promise<T>) => Promise<T>;
  readonly at: (place: Place) => void;
  readonly shown: (values: Readonly<Record<string, unknown>>) => void;
  readonly createDocument: () => void;
  readonly closeDocument: () => void;
}

/** What is answered otherwise than by nothing. */
const answers: Readonly<Record<string, unknown>> = {
  'scripting.getRegisteredContentScripts': [],
  'permissions.getAll': { origins: [] },
  'permissions.contains': true,
  'tabs.query': [],
};

const plain = [
  'action',
  'commands',
  'contextMenus',
  'idle',
  'notifications',
  'omnibox',
  'permissions',
  'scripting',
  'tabs',
];

interface RuleChange {
  readonly removeRuleIds?: readonly number[];
  readonly addRules?: readonly Rule[];
}

/** The browser's API as one life of the worker has it. */
export function createBrowser(machine: Machine, ears: Ears, needs: BrowserNeeds) {
  const { whileAlive, at, shown, createDocument, closeDocument } = needs;

  /** Takes listeners, and answers with nothing. */
  const part = (name: string, own: object = {}) =>
    new Proxy(own, {
      has: () => true,
      get(known, member: string): unknown {
        const path = `${name}.${member}`;
        if (member in known) return Reflect.get(known, member);
        if (/^on[A-Z]/.test(member)) {
          return {
            addListener: (ear: (...told: unknown[]) => unknown) => void ears.set(path, ear),
            removeListener: () => void ears.delete(path),
          };
        }
        return () => whileAlive(() => Promise.resolve(answers[path]));
      },
    });

  const area = (storage: Storage, isSeen: boolean) => ({
    get: (keys: string | string[] | null) => whileAlive(() => Promise.resolve(storage.get(keys))),
    set: (values: Readonly<Record<string, unknown>>) =>
      whileAlive(() => {
        storage.set(values);
        if (isSeen) shown(values);
        if (isSeen) at('shown');
        return Promise.resolve();
      }),
    remove: (keys: string | string[]) => whileAlive(() => Promise.resolve(storage.remove(keys))),
    setAccessLevel: () => whileAlive(() => Promise.resolve()),
    onChanged: { addListener() {}, removeListener() {} },
  });

  return {
    ...Object.fromEntries(plain.map((name) => [name, part(name)])),
    runtime: part('runtime', {
      id: 'pullcord',
      getURL: (path: string) => `chrome-extension://pullcord/${path.replace(/^\//, '')}`,
      getManifest: () => ({}),
    }),
    extension: {
      getViews: () =>
        Array.from({ length: machine.popups }, () => ({
          location: { href: 'chrome-extension://pullcord/popup.html' },
          document: { visibilityState: 'visible', hasFocus: () => false },
        })),
    },
    windows: part('windows', {
      create: ({ url }: { url: string }) =>
        whileAlive(() => Promise.resolve(void machine.windows.push(url))),
    }),
    declarativeNetRequest: part('declarativeNetRequest', {
      getSessionRules: ({ ruleIds }: { ruleIds: number[] }) =>
        whileAlive(() =>
          Promise.resolve([...machine.rules.values()].filter(({ id }) => ruleIds.includes(id))),
        ),
      updateSessionRules: ({ removeRuleIds = [], addRules = [] }: RuleChange) =>
        whileAlive(() => {
          for (const id of removeRuleIds) machine.rules.delete(id);
          for (const rule of addRules) machine.rules.set(rule.id, rule);
          return Promise.resolve();
        }),
    }),
    offscreen: {
      createDocument: () => whileAlive(() => Promise.resolve(createDocument())),
      closeDocument: () => whileAlive(() => Promise.resolve(closeDocument())),
    },
    storage: {
      session: area(machine.session, true),
      local: area(machine.local, false),
      sync: area(machine.local, false),
    },
    alarms: part('alarms', {
      get: (name: string) => whileAlive(() => Promise.resolve(machine.alarms.get(name))),
      create: (name: string, when: { when?: number; periodInMinutes?: number }) =>
        whileAlive(() => Promise.resolve(machine.alarms.create(name, when))),
      clear: (name: string) => whileAlive(() => Promise.resolve(machine.alarms.clear(name))),
    }),
  };
}
