import type { Trouble } from '#lib/domain/refusal.ts';

/** What the user can do about a refusal, or about a venue that cannot be read. */
export function advice(reason: Trouble, venueName: string): string {
  switch (reason) {
    case 'bad-key':
      return `${venueName} does not know this API key. Check it on the options page, or make a new one.`;
    case 'bad-signature':
      return `The signature does not fit: the API secret is wrong. Remove the account and add it again with the right secret.`;
    case 'clock':
      return `Your computer’s clock is too far from ${venueName}’s. Set it to network time.`;
    case 'address':
      return `${venueName} does not allow this key from your internet address. Add the address to the key there.`;
    case 'no-right':
      return `This key lacks the right to do that. Tick it for the key on ${venueName}, or make a new key.`;
    case 'right-or-address':
      return `${venueName} forbids this to the key: a right is not ticked, or your internet address is not on its list. Check both there.`;
    case 'unauthorized':
      return `${venueName} refuses this key without saying why: it may be wrong, lack a right, or be bound to another internet address (IPv6 counts as another). Check the key there.`;
    case 'suspended':
      return `${venueName} has blocked this key, or the account it belongs to. Look there, or ask its support.`;
    case 'blocked':
      return `The answer did not come from ${venueName} itself: something on the way (a firewall, a proxy, your network) refused the request. It says nothing of your key. Try without VPN or proxy, or from another network.`;
    case 'legal':
      return `${venueName}, or somebody on the way, refuses requests from where you are, for legal reasons. Ask ${venueName} whether and how you may use it from there.`;
    case 'maintenance':
      return `${venueName} is in maintenance for this. See its status page and try again.`;
    case 'not-cancellable':
      return `${venueName} would not cancel it and the order is still open. Try again.`;
    case 'unread':
      return `${venueName} would not cancel it, and the order could not be read to see why. Look on ${venueName}’s own site.`;
    case 'invalid-request':
      return `${venueName} did not take the request. Check the id, where you gave one; else cancel on ${venueName}’s own site.`;
    case 'unknown-symbol':
      return `${venueName} does not know this symbol. Check how it is written there, or cancel the order from the list.`;
    case 'ambiguous':
      return 'Several open orders bear this client order id; nothing was sent. Cancel them from the list, one by one.';
    case 'symbol-needed':
      return `${venueName} finds an order only by its id and symbol together, and the symbol is not known: nothing was sent. Give the symbol under “Cancel by id”.`;
    case 'not-readable':
      return `Not all that ${venueName} lists could be read, and the order may be one of those: nothing was sent. Look on ${venueName}’s own site.`;
    case 'unexpected':
      return `${venueName} answered in a way Pullcord does not know. Cancel on ${venueName}’s own site if it matters now.`;
    case 'unreachable':
      return `${venueName} cannot be reached or gives no usable answer. Check your connection; Pullcord goes on trying.`;
    case 'key-lost':
      return 'The key of this account cannot be read on this device any more: its entry is damaged. Enter it again on the options page; until then nothing is sent.';
    case 'unusable':
      return `${venueName} answers, but not in a form that Pullcord can use: a fault there, or something on the way. Pullcord goes on trying.`;
    case 'rate-limited':
      return `${venueName} asks to wait: too many requests. Pullcord waits as long as told.`;
  }
}
