/** `no open orders`, `1 open order`, `8 open orders, 1 more could not be read`. */
export function countWords(openOrders: number, unreadable = 0): string {
  if (unreadable > 0) {
    return openOrders === 0
      ? unreadableWords(unreadable)
      : `${countWords(openOrders)}, ${unreadable} more could not be read`;
  }
  return openOrders === 0
    ? 'no open orders'
    : openOrders === 1
      ? '1 open order'
      : `${openOrders} open orders`;
}

/** `1 order could not be read`: listed by its venue without even an id, so that it may be open. */
export function unreadableWords(unreadable: number): string {
  return unreadable === 1 ? '1 order could not be read' : `${unreadable} orders could not be read`;
}

/** What that means, and what to do. */
export function unreadableAdvice(unreadable: number, venueName: string): string {
  const [they, them] = unreadable === 1 ? ['it', 'it'] : ['they', 'them'];
  return `${unreadableWords(unreadable)}: ${venueName} lists ${them} without an id. Pullcord cannot cancel ${them}, and ${they} may be open. Look on ${venueName}’s own site.`;
}

export function ordersWords(count: number): string {
  return count === 1 ? '1 order' : `${count} orders`;
}

export function protectiveWords(count: number): string {
  return count === 1 ? '1 protective order' : `${count} protective orders`;
}
