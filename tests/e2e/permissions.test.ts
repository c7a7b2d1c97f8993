import { accountLabels, expect, test } from '#tests/e2e/support/test.ts';

/** What the user lets Chromium's extension reach is taken back and given again in the browser's own settings of extensions. */

test.use({ accounts: ['ripio'] });

test('what was taken back is noticed and said, and what is given again too', async ({
  extension,
  options,
  popup,
}) => {
  const light = popup.page.getByRole('button', { name: /light/i }).first();
  const account = options.account(accountLabels.ripio);
  await expect(light).toContainText('Answers');
  const settings = await extension.context.newPage();
  await settings.goto('chrome://extensions');
  const { hostname: extensionId } = new URL(popup.page.url());

  await settings.evaluate(setHostAccess, { extensionId, hostAccess: 'ON_CLICK' });
  await expect(light).toContainText('Browser forbids it');
  await expect(account).toContainText('Browser forbids it');

  await settings.evaluate(setHostAccess, { extensionId, hostAccess: 'ON_ALL_SITES' });
  await expect(light).not.toContainText('forbids it');
  await expect(account).not.toContainText('forbids it');
  await options.test(accountLabels.ripio);
  await expect(account).toContainText('Works:');
});

/** Runs in Chromium's page of extensions, as its choice of what an extension may reach does: on click, on specific sites, on all. */
function setHostAccess(update: { extensionId: string; hostAccess: string }): Promise<void> {
  const { developerPrivate } = chrome as unknown as {
    developerPrivate: { updateExtensionConfiguration(update: object): Promise<void> };
  };
  return developerPrivate.updateExtensionConfiguration(update);
}
