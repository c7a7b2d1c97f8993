import type { Locator, Page } from '@playwright/test';

/** The pages as a person sees them: roles and names, nothing else. */

export const passphrase = 'correct horse battery staple';

export class OptionsPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async createVault(): Promise<void> {
    await this.page.getByLabel('New passphrase').fill(passphrase);
    await this.page.getByLabel('Repeat passphrase').fill(passphrase);
    await this.page.getByRole('button', { name: 'Create vault' }).click();
    await this.lockNow.waitFor();
  }

  get lockNow(): Locator {
    return this.page.getByRole('button', { name: 'Lock now' });
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
    await this.page.getByRole('combobox', { name: 'Venue' }).selectOption(account.venueName);
    await this.page.getByRole('combobox', { name: 'Environment' }).selectOption('Sandbox');
    await this.field('Label').fill(account.label);
    await this.field('API key').fill(account.key);
    await this.field('API secret').fill(account.secret);
    await this.field('Sandbox URL').fill(account.url);
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save account' }).click();
  }

  account(label: string): Locator {
    return this.page.getByRole('listitem').filter({
      has: this.page.getByRole('button', { name: `Test ${label}`, exact: true }),
    });
  }

  async test(label: string): Promise<Locator> {
    await this.page.getByRole('button', { name: `Test ${label}`, exact: true }).click();
    return this.account(label);
  }
}

export class PopupPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get orders(): Locator {
    return this.page.getByRole('list', { name: 'Open orders' });
  }

  /** The row of an order, by its id. */
  row(id: string): Locator {
    return this.orders.getByRole('listitem').filter({ hasText: id });
  }

  cancelButton(id: string): Locator {
    return this.page.getByRole('button', { name: `Cancel order ${id}`, exact: true });
  }

  async cancelById(id: string, kind: string, account: string): Promise<void> {
    const form = this.page.getByRole('button', { name: 'Cancel by id', exact: true });
    if (!(await form.isVisible())) await this.page.getByText('Cancel by id').first().click();
    await this.page.getByLabel('Order id', { exact: true }).fill(id);
    await this.page.getByRole('combobox', { name: 'Id kind' }).selectOption(kind);
    await this.page.getByRole('combobox', { name: 'Account' }).selectOption({ label: account });
    await form.click();
  }

  get cancelAllButton(): Locator {
    return this.page.getByRole('button', { name: 'Cancel all', exact: true });
  }

  /** The dialog, once “Cancel all” was clicked. */
  async openCancelAll(): Promise<CancelAllDialog> {
    await this.cancelAllButton.click();
    const dialog = this.page.getByRole('alertdialog', { name: 'Cancel all orders' });
    await dialog.waitFor();
    return new CancelAllDialog(dialog);
  }

  /** How far “Cancel all” has got. */
  get sweep(): Locator {
    return this.page.getByRole('region', { name: 'Cancel all', exact: true });
  }

  get stopButton(): Locator {
    return this.sweep.getByRole('button', { name: 'Stop', exact: true });
  }

  /** Is there when it has ended. */
  get closeButton(): Locator {
    return this.sweep.getByRole('button', { name: 'Close', exact: true });
  }

  get find(): Locator {
    return this.page.getByRole('searchbox', { name: 'Find order' });
  }

  get filterButton(): Locator {
    return this.page.getByRole('button', { name: /^Filter/ });
  }

  /** Chooses by the words on the screen; opens the row with the choices first. */
  async narrow(
    choice: 'Only account' | 'Only symbol' | 'Only side' | 'Older than',
    label: string,
  ): Promise<void> {
    const box = this.page.getByRole('combobox', { name: choice });
    if (!(await box.isVisible())) await this.filterButton.click();
    await box.selectOption({ label });
  }

  async showHistory(): Promise<Locator> {
    const name = 'History';
    await this.page.getByRole('tab', { name }).or(this.page.getByRole('link', { name })).click();
    return this.page.getByRole('list', { name });
  }

  /** In the history: shows how long cancels took, until it is pressed again. */
  get latencyButton(): Locator {
    return this.page.getByRole('button', { name: 'Latency', exact: true });
  }

  async unlock(): Promise<void> {
    await this.page.getByLabel('Passphrase').fill(passphrase);
    await this.page.getByRole('button', { name: 'Unlock' }).click();
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
  constructor(dialog: Locator) {
    this.dialog = dialog;
  }

  /** The button that begins: “Cancel N orders”. */
  get start(): Locator {
    return this.dialog.getByRole('button', { name: /^Cancel \d+ orders?$/ });
  }

  get keep(): Locator {
    return this.dialog.getByRole('button', { name: 'Keep orders', exact: true });
  }

  /** “Also cancel N protective orders”. */
  get protective(): Locator {
    return this.dialog.getByRole('checkbox', { name: /^Also cancel \d+ protective orders?$/ });
  }
}
