import { readFileSync } from 'node:fs';
import { preact } from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { faultsOf, languages, type Catalogue } from './locales/catalogue.ts';
import { allBaseUrls, allOrigins, allSocketUrls } from './lib/venues/hosts.ts';

const panelPage = 'popup.html?panel';
const loopback = ['http://127.0.0.1', 'http://localhost', 'ws://127.0.0.1', 'ws://localhost'];

export default defineConfig({
  imports: false,
  // In Firefox too: by Manifest V2 no host could be granted there.
  manifestVersion: 3,
  modules: ['@wxt-dev/i18n/module'],
  outDirTemplate: '{{browser}}-mv{{manifestVersion}}{{modeSuffix}}',
  manifest: ({ mode, browser }) => {
    const sandbox = mode === 'sandbox';
    const isFirefox = browser === 'firefox';
    const connect = [
      ...allBaseUrls(),
      ...allSocketUrls(),
      ...(sandbox ? loopback.map((host) => `${host}:*`) : []),
    ];
    return {
      name: 'Pullcord',
      description: '__MSG_manifest_summary__',
      default_locale: 'en',
      ...(!isFirefox && { minimum_chrome_version: '120' }),
      permissions: [
        'storage',
        // Else the browser may throw the vault away when the disk is full.
        'unlimitedStorage',
        'alarms',
        'declarativeNetRequestWithHostAccess',
        'contextMenus',
        'notifications',
        'scripting',
        'activeTab',
        // By the first it is told that the screen has locked, which Firefox never says. The other is for Habit Trade's stream,
        // whose handshake needs headers that a worker cannot have set.
        // The third is for the list that stays open beside the page.
        ...(isFirefox ? [] : ['idle', 'offscreen', 'sidePanel']),
      ],
      // The venues' hosts by name, and any one site that the user switches on.
      optional_host_permissions: [...allOrigins(), 'https://*/*'],
      ...(sandbox && { host_permissions: loopback.map((host) => `${host}/*`) }),
      content_security_policy: {
        extension_pages: [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          `connect-src ${connect.join(' ')}`,
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'none'",
          "worker-src 'none'",
          // No text becomes markup or code anywhere: there is not even a policy that could make it.
          "require-trusted-types-for 'script'",
          "trusted-types 'none'",
        ].join('; '),
      },
      action: {
        default_title: 'Pullcord',
        // Else Firefox puts it away in a menu, where nobody sees the number on it.
        ...(isFirefox && { default_area: 'navbar' }),
      },
      omnibox: { keyword: 'pull' },
      // The popup's page, kept open beside whatever else the browser shows.
      ...(isFirefox
        ? { sidebar_action: { default_panel: panelPage, open_at_install: false } }
        : { side_panel: { default_path: panelPage } }),
      commands: {
        _execute_action: { suggested_key: { default: 'Alt+Shift+P' } },
        // Without a key until the user gives them one: neither is to be hit by accident.
        'cancel-newest': { description: '__MSG_command_newest__' },
        'cancel-all': { description: '__MSG_command_all__' },
      },
      ...(isFirefox && {
        browser_specific_settings: {
          gecko: {
            // It names nobody's domain. Once the store has it, it stays: with another one Firefox would take this for another add-on, without its data.
            id: '{72add934-8e28-4204-9c22-fdb20aa7b8f7}',
            /**
             * The first by which Firefox for Android too knows `data_collection_permissions`; the store takes this number for
             * both, and warns of a lower one. The desktop's knows them from 140 on, and from 135 on `JSON.parse` tells the digits of a
             * number there (an id beyond 2^53 goes out as it came).
             */
            strict_min_version: '142.0',
            // What goes to the venues counts, and nothing goes anywhere else.
            data_collection_permissions: {
              required: ['authenticationInfo', 'financialAndPaymentInfo'],
            },
          },
        },
      }),
    };
  },
  hooks: {
    'build:before': checkLanguages,
    'entrypoints:grouped': (_, groups) => {
      // Built by itself, the popup shares no file with other pages: its first frame loads one script and one style. Each more
      // waits at the browser's busiest thread, which is still at work on the page that it has just opened.
      const pages = groups.find((group) => Array.isArray(group) && group.some(isPopup));
      if (Array.isArray(pages)) groups.push(pages.splice(pages.findIndex(isPopup), 1));
    },
    'build:publicAssets': ({ config: { browser } }, files) => {
      if (browser !== 'firefox') return;
      // It has no such documents.
      const own = files.filter(({ relativeDest }) => relativeDest !== 'offscreen.html');
      files.splice(0, Infinity, ...own);
    },
  },
  vite: () => ({
    plugins: [preact(), polyfillAsModule, preactWithoutMarkup],
    // The oldest browser that takes the package runs all of it as it is written, and knows module preloads.
    build: {
      target: 'esnext',
      sourcemap: false,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // One sign beyond Latin-1 and all of a script takes two bytes a sign to read, at each start of the worker.
        output: { charset: 'ascii' },
        // That it takes its time is known.
        checks: { pluginTimings: false },
      },
    },
  }),
});

/**
 * Of what a CommonJS module exports, a bundler looks at every name; looked at, each of the browser's interfaces is made. That took
 * 4 ms of each start of a worker or page.
 */
const polyfillAsModule: Plugin = {
  name: 'polyfill-as-module',
  transform: {
    filter: { id: /\/webextension-polyfill\/dist\/browser-polyfill\.js$/ },
    handler: (code) => ({
      code: `const module = { exports: {} };\nconst { exports } = module;\n${code}\nexport default module.exports;`,
      map: null,
    }),
  },
};

/**
 * Preact can set a text as markup, for who asks it to. Nobody does here, and the policy would refuse it: so the line that would is left
 * out of the package, and Firefox's linter has nothing to warn of.
 */
const preactWithoutMarkup: Plugin = {
  name: 'preact-without-markup',
  transform: {
    filter: { id: /\/preact\/dist\/preact\.mjs$/ },
    handler(code) {
      const parts = code.split(/\w+\.innerHTML=\w+\.__html/);
      if (parts.length !== 2)
        throw new Error('Preact sets markup otherwise than it did: look where');
      return { code: parts.join('0'), map: null };
    },
  },
};

const isPopup = ({ type }: { readonly type: string }) => type === 'popup';

/** No package is built in which a language lacks a word. */
function checkLanguages(): void {
  const english = catalogueOf('en');
  const faults = Object.keys(languages).flatMap((name) =>
    faultsOf(name, catalogueOf(name), english),
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

function catalogueOf(name: string): Catalogue {
  return JSON.parse(readFileSync(new URL(`locales/${name}.json`, import.meta.url), 'utf8'));
}
