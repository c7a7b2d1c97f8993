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

  async showHistory(): Promise<Locator> {
    const name = 'History';
    await this.page.getByRole('tab', { name }).or(this.page.getByRole('link', { name })).click();
    return this.page.getByRole('list', { name });
  }

  async unlock(): Promise<void> {
    await this.page.getByLabel('Passphrase').fill(passphrase);
    await this.page.getByRole('button', { name: 'Unlock' }).click();
  }
}
