/** Every kind that a page of ours may ask for, and garbage. */
export function everyRequest(accountId: string, id: string): unknown[] {
  const all = { filter: {}, withProtective: true };
  return [
    { kind: 'hello' },
    { kind: 'create-vault', passphrase: 'correct horse battery' },
    { kind: 'unlock', passphrase: 'correct horse battery' },
    { kind: 'change-settings', autoLock: 'browser-close' },
    { kind: 'set-key', accountId, apiKey: 'key', apiSecret: 'c2VjcmV0' },
    { kind: 'accept-damage' },
    { kind: 'test-account', accountId },
    { kind: 'remove-account', accountId },
    { kind: 'refresh', byUser: true },
    { kind: 'cancel', accountId, idKind: 'order-id', id },
    { kind: 'cancel-many', orders: [{ accountId, orderId: id }] },
    { kind: 'ask-order', accountId, idKind: 'order-id', id },
    { kind: 'plan-cancel-all', ...all },
    { kind: 'cancel-all', ...all },
    { kind: 'switch-site', site: 'https://example.com/*', on: true },
    { kind: 'open-window' },
    { kind: 'arrived', at: 1 },
    { kind: 'history', limit: 50, text: '' },
    { kind: 'lock' },
    { kind: 'right-clicked', ids: 'no list' },
    { kind: '__proto__' },
    'cancel-all',
    17,
    [],
    { kind: 'cancel', __proto__: { accountId } },
  ];
}
