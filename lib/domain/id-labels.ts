import { once } from './once.ts';
/**
 * Words that stand before or behind an id without a space, where a page has parted them by colour or place alone:
 * `BTCTRY26947521557Buy`, `order-26947521557`. None is made up of others, so that they are told apart without a search.
 */
const labels =
  'order|id|no|nr|nº|number|ref|client|external|cl|ord|cancel|buy|sell|bid|ask|long|short|limit|market|stop|open|new|' +
  'filled|emir|alış|satış|alım|satım|piyasa|açık|iptal|ordem|orden|pedido|compra|venda|venta|' +
  'mercado';
const first = once(() => new RegExp(`^(?:${labels})s?`, 'iu'));
const last = once(() => new RegExp(`(?:${labels})s?$`, 'iu'));

/** No others stand in them or between them and the id: `Buy…6947521557` has lost something. */
const signs = once(() => /^(?:[\p{L}\p{N}_:#№°-]|\.(?!\.))*$/u);

/** Whether there is nothing but such words and one symbol. */
export function areLabels(text: string, isSymbol: (plain: string) => boolean): boolean {
  if (!signs().test(text)) return false;
  let rest = text.replace(/[^\p{L}\p{N}]/gu, '');
  while (rest !== '' && !isSymbol(rest.toLowerCase())) {
    const shorter = rest.replace(last(), '');
    const next = shorter === rest ? rest.replace(first(), '') : shorter;
    if (next === rest) return false;
    rest = next;
  }
  return true;
}
