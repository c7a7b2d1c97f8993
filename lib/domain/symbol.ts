/** A symbol's letters and digits, without case: `BTC_TRY`, `btc/try` and `BTC-TRY` are the same. */
function lettersOf(symbol: string): string {
  return symbol.toLowerCase().replace(/[^\p{L}\d]/gu, '');
}

/** How the symbol is written in a list of some; undefined where none there, or more than one, can be meant. */
export function listedSymbol(typed: string, listed: Iterable<string>): string | undefined {
  const all = new Set(listed);
  if (all.has(typed)) return typed;
  const letters = lettersOf(typed);
  const alike = [...all].filter((symbol) => symbol !== '' && lettersOf(symbol) === letters);
  return alike.length === 1 ? alike[0] : undefined;
}
