import { answerPrompt, takeBack } from '#tests/e2e/support/firefox/chrome-scope.ts';
import { id } from '#tests/e2e/support/firefox/extension.ts';
import { expect, test } from '#tests/e2e/support/firefox/test.ts';
import { accountLabels } from '#tests/e2e/support/test.ts';

/** What the user allows Firefox's extension to reach: asked for by the browser's own prompt, and taken back among its permissions. */

test.describe(() => {
  test.use({ accounts: ['ripio'] });

  test(
    'what was taken back is noticed and said, and allowed again',
    { tag: '@firefox' },
    async ({ extension, options, popup }) => {
      const light = popup.page.getByRole('button', { name: /light/i }).first();
      await expect(light).toContainText('Answers');
      await extension.inChrome(takeBack, { id, origins: ['http://127.0.0.1/*'] });
      await expect(light).toContainText('Browser forbids it');
      await expect(options.account(accountLabels.ripio)).toContainText('Browser forbids it');

      await options.test(accountLabels.ripio);
      expect(await extension.inChrome(answerPrompt, false)).toContain('127.0.0.1');
      await expect(options.page.getByText('its permission was taken back').first()).toBeVisible();
      await options.test(accountLabels.ripio);
      await extension.inChrome(answerPrompt, true);
      await expect(options.account(accountLabels.ripio)).not.toContainText('forbids it');
      await expect(options.account(accountLabels.ripio)).toContainText('Works:');
      await expect(light).not.toContainText('forbids it');
    },
  );
});

test(
  'Save asks for the venue’s host; refused, nothing typed is lost',
  { tag: '@firefox' },
  async ({ extension, options }) => {
    const { page } = options;
    await options.createVault();
    await page.getByRole('combobox', { name: 'Venue' }).selectOption('Ripio Trade');
    await page.getByRole('combobox', { name: 'Environment' }).selectOption('Live');
    await options.field('Label').fill('Live one');
    await options.field('API key').fill('key');
    await options.field('API secret').fill('secret');
    await options.save();
    expect(await extension.inChrome(answerPrompt, false)).toContain('api.ripio.com');
    await expect(page.getByText('without your permission').first()).toBeVisible();
    await expect(options.field('API secret')).toHaveValue('secret');
    await expect(options.account('Live one')).toHaveCount(0);
    await options.save();
    await extension.inChrome(answerPrompt, true);
    await expect(options.account('Live one')).toBeVisible();
    const granted = await page.evaluate(() => chrome.permissions.getAll());
    expect(granted.origins).toContain('https://api.ripio.com/*');
  },
);
