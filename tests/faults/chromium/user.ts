import type { PopupPage } from '#tests/e2e/support/pages.ts';
import type { AccountRecord } from '#tests/faults/records.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Browser } from './browser.ts';
import type { BrowserRecords } from './records.ts';
import type { BrowserSchedule } from './schedule.ts';
import type { Asked } from './eyes.ts';
import type { Tabs } from './tabs.ts';

/** Whose hands these are. What a page that is just being closed does not let them do, they leave. */
export interface User {
  readonly wishFor: (kind: BrowserSchedule['wish']) => Promise<void>;
  readonly click: (popup: PopupPage, order: BookOrder) => Promise<void>;
  readonly cancelAll: (popup: PopupPage) => Promise<void>;
  /** The keyword and this, in the address bar: as the browser hands it on. */
  readonly enterAddress: (text: string) => Promise<void>;
}

const soon = { timeout: 3000 };

interface UserNeeds {
  readonly account: AccountRecord;
  readonly browser: Browser;
  readonly tabs: Tabs;
  readonly records: BrowserRecords;
  readonly now: () => number;
}

export function createUser({ account, browser, tabs, records, now }: UserNeeds): User {
  const plain = account.orders.filter(({ method }) => method === 'limit');

  const user: User = {
    async wishFor(kind) {
      const { id: accountId } = account;
      const [order] = plain;
      if (!order) return;
      switch (kind) {
        case 'one':
          return user.click(tabs.popup(), order);
        case 'all':
          return user.cancelAll(tabs.popup());
        case 'by client order id': {
          const { clientOrderId: id, symbol } = order;
          const message = { kind: 'cancel', accountId, idKind: 'client-order-id', id, symbol };
          await askFrom(tabs.popup(), message).catch(() => undefined);
          return;
        }
        case 'several': {
          const orders = plain.slice(0, 3).map(({ id: orderId }) => ({ accountId, orderId }));
          await askFrom(tabs.popup(), { kind: 'cancel-many', orders }).catch(() => undefined);
        }
      }
    },

    click: (popup, { id }) =>
      popup
        .cancelButton(id)
        .click(soon)
        .catch(() => undefined),

    async cancelAll(popup) {
      const { page } = popup;
      await popup.cancelAllButton.click(soon).catch(() => undefined);
      const start = page.getByRole('button', { name: /^Cancel \d+ orders?$/ });
      await start.click(soon).catch(() => undefined);
    },

    async enterAddress(text) {
      records.wishes.push({
        at: now(),
        account,
        orders: plain.filter(({ id, clientOrderId }) => id === text || clientOrderId === text),
        answer: 'none',
        ids: [],
      });
      const worker = await browser.extension().worker();
      await worker
        .evaluate((typed) => {
          const entered = chrome.omnibox.onInputEntered as unknown as {
            dispatch(text: string, disposition: string): void;
          };
          entered.dispatch(typed, 'currentTab');
        }, text)
        .catch(() => undefined);
    },
  };
  return user;
}

/** In the name of the popup, where the way by its buttons is another test's. */
const askFrom = ({ page }: PopupPage, message: object) =>
  page.evaluate((given) => chrome.runtime.sendMessage(given), message);

/** What a page's message asks to be cancelled. */
export function meantBy({ kind, id, orders }: Asked, account: AccountRecord): BookOrder[] {
  const plain = account.orders.filter(({ method }) => method === 'limit');
  if (kind === 'cancel-all') return plain;
  if (kind === 'cancel-many') {
    return plain.filter((order) => orders?.some(({ orderId }) => orderId === order.id));
  }
  return plain.filter((order) => order.id === id || order.clientOrderId === id);
}
