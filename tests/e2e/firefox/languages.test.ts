import { setLanguage } from '#tests/e2e/support/firefox/chrome-scope.ts';
import { cancelFromFirstUse } from '#tests/e2e/support/first-use.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { test } from '#tests/e2e/support/test.ts';

/** The main job in a Firefox of each language, which changes its own without being started anew. English is every other test's. */
const rows = [
  { name: 'tr', catalogue: 'tr', lang: 'tr', venue: 'btcturk' },
  // It has Spanish by the country alone.
  { name: 'es-AR', catalogue: 'es', lang: 'es', venue: 'ripio' },
  { name: 'pt-BR', catalogue: 'pt_BR', lang: 'pt-BR', venue: 'ripio' },
  { name: 'zh-TW', catalogue: 'zh_TW', lang: 'zh-HK', venue: 'habit-trade' },
] as const;

test(
  'in each language: from first use to a cancelled order',
  { tag: '@firefox' },
  async ({ browserForAll, sandbox }) => {
    const { inChrome } = browserForAll;
    if (!inChrome) throw new Error('it is no Firefox');
    await eachRow(rows, async ({ name, ...language }) => {
      await inChrome(setLanguage, name);
      try {
        await cancelFromFirstUse(await browserForAll.install(), sandbox, language);
      } finally {
        await inChrome(setLanguage, 'en-US');
        await browserForAll.reset();
      }
    });
  },
);
