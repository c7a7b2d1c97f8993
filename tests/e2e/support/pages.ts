import type { Locator, Page } from '@playwright/test';
import { sayInEnglish, type Say } from '#tests/support/say.ts';

/** The pages as a person sees them: roles and names, nothing else. The names are those of the catalogue, English unless another is given. */

export const passphrase = 'correct horse battery staple';

const choices = {
  'Only account': 'filter.only_account',
  'Only symbol': 'filter.only_symbol',
  'Only side': 'filter.only_side',
  'Older than': 'filter.older_than',
} as const;

export class OptionsPage {
  readonly page: Page;
  readonly say: Say;
  constructor(page: Page, say = sayInEnglish) {
    this.page = page;
    this.say = say;
  }

  async createVault(): Promise<void> {
    await this.page.getByLabel(this.say('vault.new_passphrase')).fill(passphrase);
    await this.page.getByLabel(this.say('vault.repeat_passphrase')).fill(passphrase);
    await this.page.getByRole('button', { name: this.say('vault.create') }).click();
    await this.lockNow.waitFor();
  }

  get lockNow(): Locator {
    return this.page.getByRole('button', { name: this.say('vault.lock_now') });
  }

  field(name: string): Locator {
    return this.page.getByLabel(name, { exact: true });
  }

  async fillAccount(account: {
    venueName: string;
    label: string;
    key: string;
    secret: string;
    url: string;
  }): Promise<void> {
    await this.page
      .getByRole('combobox', { name: this.say('account_form.venue') })
      .selectOption(account.venueName);
    await this.page
      .getByRole('combobox', { name: this.say('account_form.environment') })
      .selectOption(this.say('environment.sandbox'));
    await this.field(this.say('account_form.label')).fill(account.label);
    await this.field(this.say('account_form.api_key')).fill(account.key);
    await this.field(this.say('account_form.api_secret')).fill(account.secret);
    await this.field(this.say('account_form.sandbox_url')).fill(account.url);
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: this.say('account_form.save') }).click();
  }

  account(label: string): Locator {
    return this.page.getByRole('listitem').filter({
      has: this.page.getByRole('button', {
        name: this.say('account_item.test_label', { label }),
        exact: true,
      }),
    });
  }

  async test(label: string): Promise<Locator> {
    await this.page
      .getByRole('button', { name: this.say('account_item.test_label', { label }), exact: true })
      .click();
    return this.account(label);
  }
}

export class PopupPage {
  readonly page: Page;
  readonly say: Say;
  constructor(page: Page, say = sayInEnglish) {
    this.page = page;
    this.say = say;
  }

  get orders(): Locator {
    return this.page.getByRole('list', { name: this.say('list.open_orders') });
  }

  /** The row of an order, by its id. */
  row(id: string): Locator {
    return this.orders.getByRole('listitem').filter({ hasText: id });
  }

  cancelButton(id: string): Locator {
    return this.page.getByRole('button', {
      name: this.say('row.cancel_order', { id }),
      exact: true,
    });
  }

  async cancelById(id: string, kind: string, account: string): Promise<void> {
    const form = this.page.getByRole('button', { name: this.say('by_id.name'), exact: true });
    if (!(await form.isVisible()))
      await this.page.getByText(this.say('by_id.name')).first().click();
    await this.page.getByLabel(this.say('by_id.order_id'), { exact: true }).fill(id);
    await this.page.getByRole('combobox', { name: this.say('by_id.id_kind') }).selectOption(kind);
    await this.page
      .getByRole('combobox', { name: this.say('by_id.account') })
      .selectOption({ label: account });
    await form.click();
  }

  get cancelAllButton(): Locator {
    return this.page.getByRole('button', { name: this.say('cancel_all.name'), exact: true });
  }

  /** The dialog, once “Cancel all” was clicked. */
  async openCancelAll(): Promise<CancelAllDialog> {
    await this.cancelAllButton.click();
    const dialog = this.page.getByRole('alertdialog', { name: this.say('cancel_all.title') });
    await dialog.waitFor();
    return new CancelAllDialog(dialog, this.say);
  }

  /** How far “Cancel all” has got. */
  get sweep(): Locator {
    return this.page.getByRole('region', { name: this.say('cancel_all.name'), exact: true });
  }

  get stopButton(): Locator {
    return this.sweep.getByRole('button', { name: this.say('cancel_all.stop'), exact: true });
  }

  /** Is there when it has ended. */
  get closeButton(): Locator {
    return this.sweep.getByRole('button', { name: this.say('cancel_all.close'), exact: true });
  }

  get find(): Locator {
    return this.page.getByRole('searchbox', { name: this.say('find.label') });
  }

  get filterButton(): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${this.say('filter.name')}`) });
  }

  /** Chooses by the words on the screen; opens the row with the choices first. */
  async narrow(choice: keyof typeof choices, label: string): Promise<void> {
    const box = this.page.getByRole('combobox', { name: this.say(choices[choice]) });
    if (!(await box.isVisible())) await this.filterButton.click();
    await box.selectOption({ label });
  }

  async showHistory(): Promise<Locator> {
    const name = this.say('popup.history');
    await this.page.getByRole('tab', { name }).or(this.page.getByRole('link', { name })).click();
    return this.page.getByRole('list', { name });
  }

  /** In the history: shows how long cancels took, until it is pressed again. */
  get latencyButton(): Locator {
    return this.page.getByRole('button', { name: this.say('latency.name'), exact: true });
  }

  async unlock(): Promise<void> {
    await this.page.getByLabel(this.say('vault.passphrase')).fill(passphrase);
    await this.page.getByRole('button', { name: this.say('vault.unlock') }).click();
  }
}

/** The window of a wish that came from outside the popup. */
export class LookupPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name });
  }

  /** What each venue says of an id that no open order bears. */
  venue(label: string): Locator {
    return this.page
      .getByRole('list', { name: 'Accounts' })
      .getByRole('listitem')
      .filter({ hasText: label });
  }

  cancelOn(label: string): Locator {
    return this.page.getByRole('button', { name: `Cancel on ${label}`, exact: true });
  }

  get orders(): Locator {
    return this.page.getByRole('list', { name: 'Orders found' }).getByRole('listitem');
  }

  choice(id: string, label: string): Locator {
    return this.page.getByRole('checkbox', { name: `Choose order ${id} on ${label}`, exact: true });
  }

  /** Ids that no open order bears, where there are several. */
  get unknown(): Locator {
    return this.page.getByRole('list', { name: 'Not among your open orders' });
  }

  /** “Cancel N orders”. */
  get cancelButton(): Locator {
    return this.page.getByRole('button', { name: /^Cancel \d+ orders?$/ });
  }

  async unlock(): Promise<void> {
    await this.page.getByLabel('Passphrase').fill(passphrase);
    await this.page.getByRole('button', { name: 'Unlock' }).click();
  }
}

export class CancelAllDialog {
  readonly dialog: Locator;
  readonly say: Say;
  constructor(dialog: Locator, say = sayInEnglish) {
    this.dialog = dialog;
    this.say = say;
  }

  /** The button that begins: “Cancel N orders”. */
  get start(): Locator {
    return this.dialog.getByRole('button', { name: /^Cancel \d+ orders?$/ });
  }

  get keep(): Locator {
    return this.dialog.getByRole('button', { name: this.say('cancel_all.keep'), exact: true });
  }

  /** “Also cancel N protective orders”. */
  get protective(): Locator {
    return this.dialog.getByRole('checkbox', { name: /^Also cancel \d+ protective orders?$/ });
  }
}
