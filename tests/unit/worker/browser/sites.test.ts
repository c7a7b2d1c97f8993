import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { allBaseUrls } from '#lib/venues/hosts.ts';
import { isOnSite } from '#lib/domain/site.ts';

interface Script {
  id: string;
  matches: string[];
}

/** The browser's own state, and what it was asked to do; every call takes a turn, as in a browser. */
const state = vi.hoisted(() => ({
  scripts: [] as Script[],
  origins: [] as string[],
  hostPermissions: undefined as string[] | undefined,
  tabs: [] as { id?: number; url: string }[],
  calls: [] as string[],
  cannotInject: false,
  cannotRegister: false,
  turn: () => new Promise((resolve) => setTimeout(resolve)),
}));

vi.mock('webextension-polyfill', () => {
  const { turn } = state;
  const scripting = {
    async getRegisteredContentScripts() {
      await turn();
      return [...state.scripts];
    },
    async registerContentScripts(scripts: Script[]) {
      await turn();
      for (const script of scripts) {
        if (state.cannotRegister) throw new Error('no');
        if (state.scripts.some(({ id }) => id === script.id))
          throw new Error(`Duplicate id ${script.id}`);
        state.calls.push(`register ${JSON.stringify(script)}`);
        state.scripts.push(script);
      }
    },
    async unregisterContentScripts({ ids }: { ids: string[] }) {
      await turn();
      state.calls.push(`unregister ${ids.join()}`);
      state.scripts = state.scripts.filter(({ id }) => !ids.includes(id));
    },
    async executeScript({
      target,
      files,
    }: {
      target: { tabId: number; allFrames: boolean };
      files: string[];
    }) {
      await turn();
      if (state.cannotInject) throw new Error('The tab was closed.');
      state.calls.push(`inject ${files.join()} into ${target.tabId} ${target.allFrames}`);
    },
  };
  const permissions = {
    contains: async ({ origins }: { origins: string[] }) => {
      await turn();
      return origins.every((each) => state.origins.includes(each));
    },
    remove: async ({ origins }: { origins: string[] }) => {
      await turn();
      if (origins.some((each) => state.hostPermissions?.includes(each)))
        throw new Error('required');
      state.origins = state.origins.filter((each) => !origins.includes(each));
      state.calls.push(`give back ${origins.join()}`);
    },
    getAll: () => Promise.resolve({ origins: [...state.origins] }),
  };
  const tabs = {
    query: ({ url }: { url: string }) =>
      Promise.resolve(state.tabs.filter((tab) => tab.url.startsWith(url.slice(0, -1)))),
  };
  const runtime = {
    getManifest: () => ({
      ...(state.hostPermissions && { host_permissions: state.hostPermissions }),
    }),
  };
  return { default: { scripting, permissions, tabs, runtime } };
});

const kripto = 'https://kripto.btcturk.com/*';
const oxFun = 'https://ox.fun/*';

beforeEach(() => {
  vi.resetModules();
  Object.assign(state, {
    scripts: [],
    origins: [kripto, oxFun],
    hostPermissions: undefined,
    tabs: [],
    calls: [],
    cannotInject: false,
    cannotRegister: false,
  });
});
afterEach(() => vi.unstubAllEnvs());

/** The module as that build has it. */
async function sitesOf(mode: 'production' | 'sandbox' = 'production') {
  vi.stubEnv('MODE', mode);
  return import('#lib/worker/browser/sites.ts');
}

const registered = () => state.scripts.map(({ id }) => id);

describe('what can be a site', () => {
  test.each<[pattern: string, inProduction: boolean, inSandbox: boolean]>([
    [kripto, true, true],
    ['https://a.b.c.example/*', true, true],
    ['http://127.0.0.1/*', false, true],
    ['http://localhost/*', false, true],
    // A family of hosts, all hosts, another scheme, part of a host, none.
    ['https://*.btcturk.com/*', false, false],
    ['https://*/*', false, false],
    ['*://ox.fun/*', false, false],
    ['<all_urls>', false, false],
    ['file:///*', false, false],
    ['ftp://ox.fun/*', false, false],
    ['https://ox.fun/trade/*', false, false],
    ['https://ox.fun/', false, false],
    ['https://ox.fun', false, false],
    ['https:///*', false, false],
    ['', false, false],
    [` ${kripto}`, false, false],
    // The venues' own API answers programs, not people.
    ...allBaseUrls().map((base): [string, boolean, boolean] => [`${base}/*`, false, false]),
  ])('%j', async (pattern, inProduction, inSandbox) => {
    expect((await sitesOf('production')).isSite(pattern)).toBe(inProduction);
    vi.resetModules();
    expect((await sitesOf('sandbox')).isSite(pattern)).toBe(inSandbox);
  });
});

describe('the venues’ trading sites', () => {
  const all = venueIds.flatMap((venue) => abouts[venue].tradingSites);

  test.each(all)('%s can be switched on, and a page on it is known to be', async (site) => {
    expect((await sitesOf()).isSite(site)).toBe(true);
    expect(isOnSite(site.replace('*', 'orders/open?symbol=BTC#1'), [site])).toBe(true);
  });

  test('each is of one venue', () => {
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('a page on a site', () => {
  test.each<[url: string, isOn: boolean]>([
    ['https://ox.fun/', true],
    ['https://ox.fun/trade?x=1#y', true],
    // A match pattern names no port.
    ['https://ox.fun:8443/trade', true],
    ['https://OX.FUN/trade', true],
    ['http://ox.fun/', false],
    ['https://www.ox.fun/', false],
    ['https://ox.fun.evil.example/', false],
    ['https://evil.example/https://ox.fun/', false],
    ['https://ox.fun@evil.example/', false],
    ['about:blank', false],
    ['', false],
    ['no address', false],
  ])('%s', (url, isOn) => {
    expect(isOnSite(url, [kripto, oxFun])).toBe(isOn);
    expect(isOnSite(url, [])).toBe(false);
  });
});

describe('switched on', () => {
  test('the script is registered, and put into the pages that are open', async () => {
    const { switchOn, readSites } = await sitesOf();
    state.tabs = [
      { id: 7, url: 'https://ox.fun/trade' },
      { id: 8, url: 'https://kripto.btcturk.com/' },
    ];
    await switchOn(oxFun);
    expect(await readSites()).toEqual([oxFun]);
    const script = {
      id: oxFun,
      matches: [oxFun],
      js: ['pointer.js'],
      runAt: 'document_start',
      allFrames: true,
    };
    expect(state.calls).toEqual([
      `register ${JSON.stringify(script)}`,
      'inject pointer.js into 7 true',
    ]);
  });

  test('a page that is closed meanwhile is no reason to fail', async () => {
    const { switchOn } = await sitesOf();
    Object.assign(state, { tabs: [{ url: 'https://ox.fun/' }], cannotInject: true });
    await switchOn(oxFun);
    expect(registered()).toEqual([oxFun]);
  });

  test('twice at once: registered once', async () => {
    const { switchOn } = await sitesOf();
    await Promise.all([switchOn(oxFun), switchOn(oxFun)]);
    expect(registered()).toEqual([oxFun]);
    expect(state.calls).toHaveLength(1);
  });

  test('two sites at once: both', async () => {
    const { switchOn, readSites } = await sitesOf();
    await Promise.all([switchOn(oxFun), switchOn(kripto)]);
    expect(await readSites()).toEqual([kripto, oxFun]);
  });

  test('one that fails does not hold up the next', async () => {
    const { switchOn } = await sitesOf();
    state.cannotRegister = true;
    const failed = expect(switchOn(oxFun)).rejects.toThrow('no');
    const next = switchOn(kripto);
    await failed;
    state.cannotRegister = false;
    await next;
    expect(registered()).toEqual([kripto]);
  });

  test.each([
    ['without permission', 'https://pro.btcturk.com/*'],
    ['an API host', 'https://api.btcturk.com/*'],
    ['all hosts', 'https://*/*'],
    ['http', 'http://127.0.0.1/*'],
  ])('not %s', async (what, site) => {
    const { switchOn } = await sitesOf();
    if (what !== 'without permission') state.origins.push(site);
    await switchOn(site);
    expect(state.calls).toEqual([]);
  });
});

describe('switched off', () => {
  test('the script and the permission go', async () => {
    const { switchOn, switchOff, readSites } = await sitesOf();
    await switchOn(oxFun);
    state.calls = [];
    await switchOff(oxFun);
    expect(await readSites()).toEqual([]);
    expect(state.calls).toEqual([`unregister ${oxFun}`, `give back ${oxFun}`]);
    expect(state.origins).toEqual([kripto]);
  });

  test('on and off at once: off', async () => {
    const { switchOn, switchOff } = await sitesOf();
    await Promise.all([switchOn(oxFun), switchOff(oxFun)]);
    expect(registered()).toEqual([]);
  });

  test('one that is not on only gives its permission back', async () => {
    const { switchOff } = await sitesOf();
    await switchOff(oxFun);
    expect(state.calls).toEqual([`give back ${oxFun}`]);
  });

  test('the permission for an API stays: the venue’s accounts need it', async () => {
    const { switchOff } = await sitesOf();
    state.origins.push('https://api.ox.fun/*');
    await switchOff('https://api.ox.fun/*');
    expect(state.calls).toEqual([]);
    expect(state.origins).toContain('https://api.ox.fun/*');
  });

  test('in the sandbox build the permission for this machine cannot go, and the script goes all the same', async () => {
    const local = 'http://127.0.0.1/*';
    const { switchOn, switchOff } = await sitesOf('sandbox');
    Object.assign(state, { hostPermissions: [local], origins: [local] });
    await switchOn(local);
    expect(registered()).toEqual([local]);
    await switchOff(local);
    expect(registered()).toEqual([]);
  });
});

describe('after an update of the extension', () => {
  test('the sites for which there is permission are switched on, and no API', async () => {
    const { restoreSites, readSites } = await sitesOf();
    state.origins = [oxFun, 'https://api.ox.fun/*', 'https://*/*', kripto];
    await restoreSites();
    expect(await readSites()).toEqual([kripto, oxFun]);
  });

  test('one that is on already stays as it is', async () => {
    const { restoreSites, switchOn } = await sitesOf();
    await switchOn(oxFun);
    state.calls = [];
    await restoreSites();
    expect(registered()).toEqual([oxFun, kripto]);
    expect(state.calls).toHaveLength(1);
  });

  test('what the sandbox build may reach anyway was not asked for as a site', async () => {
    const local = 'http://127.0.0.1/*';
    const { restoreSites } = await sitesOf('sandbox');
    Object.assign(state, { hostPermissions: [local], origins: [local, oxFun] });
    await restoreSites();
    expect(registered()).toEqual([oxFun]);
  });
});
