import { OptionsPage, PopupPage } from '#tests/e2e/support/pages.ts';
import { launchInFirefox } from '#tests/e2e/support/firefox/extension.ts';
import { inLanguage, launchExtension } from '#tests/e2e/support/extension.ts';
import { accountLabels, addAccount, expect, orderFor, test } from '#tests/e2e/support/test.ts';
import { sayIn } from '#tests/support/say.ts';

/** The main job in a browser of each language, at a venue that people trade on in it. */
const rows = [
  { browser: 'en_US', catalogue: 'en', lang: 'en-GB', venue: 'ox-fun' },
  { browser: 'tr', catalogue: 'tr', lang: 'tr', venue: 'btcturk' },
  { browser: 'es', catalogue: 'es', lang: 'es', venue: 'ripio' },
  { browser: 'es_419', catalogue: 'es', lang: 'es', venue: 'ripio' },
  { browser: 'pt_BR', catalogue: 'pt_BR', lang: 'pt-BR', venue: 'ripio' },
  { browser: 'zh_TW', catalogue: 'zh_TW', lang: 'zh-HK', venue: 'habit-trade' },
  // As a system that is set to Hong Kong has it.
  { browser: 'zh_HK', catalogue: 'zh_TW', lang: 'zh-HK', venue: 'ztdx' },
  // No words are in it: English.
  { browser: 'de', catalogue: 'en', lang: 'en-GB', venue: 'ztdx' },
] as const;

/** Of Firefox's languages, those of which the tests have the browser's own words: beside English one. */
const inFirefox = new Set(['tr']);

for (const { browser, catalogue, lang, venue } of rows) {
  const tag = inFirefox.has(browser) ? '@firefox' : [];
  const title = `a browser in ${browser}: from first use to a cancelled order`;
  test(title, { tag }, async ({ sandbox, target }) => {
    const say = sayIn(catalogue);
    const { book } = sandbox.venues[venue];
    const order = book.place(orderFor(venue));
    const other = book.place(orderFor(venue));
    const extension = await (target === 'firefox'
      ? launchInFirefox({ language: browser })
      : launchExtension({ env: inLanguage(browser) }));
    try {
      const options = new OptionsPage(await extension.open('options.html'), say);
      await expect(options.page.locator('html')).toHaveAttribute('lang', lang);
      await expect(options.page).toHaveTitle(say('page.options'));
      await options.createVault();
      await addAccount(options, sandbox, venue);
      await expect(options.account(accountLabels[venue])).toContainText(
        say('count.open_orders', { count: 2 }),
      );

      const popup = new PopupPage(await extension.open('popup.html'), say);
      await expect(popup.find).toBeFocused();
      await popup.cancelButton(order.id).click();
      await expect(popup.row(order.id)).toContainText(say('state.cancelled'));
      await expect(popup.row(other.id)).not.toContainText(say('state.cancelled'));
      expect(book.find(order.id)?.status).toBe('cancelled');
      expect(book.find(other.id)?.status).toBe('open');

      const history = await popup.showHistory();
      await expect(history.getByRole('listitem')).toContainText(say('state.cancelled'));
      // As the venue writes it, whatever the language.
      await expect(history.getByRole('listitem')).toContainText(order.id);
    } finally {
      await extension.close();
    }
  });
}
