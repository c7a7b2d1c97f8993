import type { Extension } from './extension.ts';
import { OptionsPage, PopupPage } from './pages.ts';
import { accountLabels, addAccount, expect, orderFor, type TestVenue } from './test.ts';
import type { Sandbox } from '#tests/sandbox/sandbox.ts';
import { sayIn } from '#tests/support/say.ts';

export interface InLanguage {
  /** Whose words are shown. */
  readonly catalogue: string;
  /** What the pages say that they are. */
  readonly lang: string;
  /** One that people trade on in it. */
  readonly venue: TestVenue;
}

/** From first use to a cancelled order, by the words of the language that the browser is in. */
export async function cancelFromFirstUse(
  extension: Pick<Extension, 'open'>,
  sandbox: Sandbox,
  { catalogue, lang, venue }: InLanguage,
): Promise<void> {
  const say = sayIn(catalogue);
  const { book } = sandbox.venues[venue];
  const order = book.place(orderFor(venue));
  const other = book.place(orderFor(venue));

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
  book.cancel(other.id);
}
