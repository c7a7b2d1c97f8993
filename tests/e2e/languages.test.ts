import { inLanguage, launchExtension } from '#tests/e2e/support/extension.ts';
import { cancelFromFirstUse } from '#tests/e2e/support/first-use.ts';
import { test } from '#tests/e2e/support/test.ts';

/** The main job in a Chromium of each language; in Firefox: `firefox/languages.test.ts`. */
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

for (const { browser, ...language } of rows) {
  test(`a browser in ${browser}: from first use to a cancelled order`, async ({ sandbox }) => {
    const extension = await launchExtension({ env: inLanguage(browser) });
    try {
      await cancelFromFirstUse(extension, sandbox, language);
    } finally {
      await extension.close();
    }
  });
}
