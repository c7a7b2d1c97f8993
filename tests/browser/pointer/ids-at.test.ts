import { describe, expect, test, vi } from 'vitest';
import { here, idsAtPoint, idsOn, show, toldAt } from './page.ts';

const upper = '7155ED34-9EC4-4733-8B32-1E4319CB662F';

describe('the id under the pointer', () => {
  test.each<[name: string, html: string, id: string]>([
    ['a text that is the id', '<span id=here>26947521101</span>', '26947521101'],
    ['beyond 2^53', '<span id=here>1000117429736218011</span>', '1000117429736218011'],
    ['a UUID, in its own case', `<span id=here>${upper}</span>`, upper],
    ['thousands separators', '<span id=here>26,947,521,101</span>', '26947521101'],
    ['split by a mark', '<span id=here>269<b>475</b><i>211<u>01</u></i></span>', '26947521101'],
    ['split with hidden pieces', '269<i hidden>9</i><b id=here>475</b>21101', '26947521101'],
    ['split by a place to break', '<span id=here>26947<wbr>521101</span>', '26947521101'],
    ['beside other words', '<p>Order <b id=here>#26947521101</b>: 0.5 BTC</p>', '26947521101'],
    ['in a table', '<table><tr><td>7<td id=here>26947521101<td>5</table>', '26947521101'],
    ['in a list', '<ul><li>1<li><span id=here>26947521101</span><li>2</ul>', '26947521101'],
    // Digits beside it may belong to it: whoever knows the orders judges that.
    [
      'between inline margins',
      '7<b id=here style="margin:9px">26947521101</b>5',
      '7 26947521101 5',
    ],
    ['before a footnote', '<b id=here>26947521101</b><sup>1</sup>', '26947521101 1'],
    ['beside words', 'No.<b id=here style="margin:9px">26947521101</b>sold', '26947521101'],
    ['before a break', '<b id=here>26947521101</b><br>22', '26947521101'],
    [
      'in flexible items',
      '<p style="display:flex"><b>7</b><b id=here>26947521101</b>',
      '26947521101',
    ],
    ['right to left', '<p dir=rtl>הזמנה <span id=here>26947521101</span> בוטלה</p>', '26947521101'],
    ['Arabic around it', '<p dir=rtl>طلب<b id=here>26947521101</b>ملغى</p>', '26947521101'],
    [
      'transformed',
      '<b id=here style="display:inline-block;rotate:30deg">26947521101</b>',
      '26947521101',
    ],
    [
      'what may be written in',
      '<p contenteditable>x <b id=here>26947521101</b></p>',
      '26947521101',
    ],
    ['SVG', '<svg><text y=30 id=here>26947521101</text></svg>', '26947521101'],
    ['a button', '<button id=here>26947521101</button>', '26947521101'],
    [
      'text that is not to be selected',
      '<b id=here style="user-select:none">26947521101</b>',
      '26947521101',
    ],
    ['an input', '<input id=here value=26947521101 size=11>', '26947521101'],
    [
      'a read-only input',
      '<input id=here value="Order 26947521101" size=17 readonly>',
      '26947521101',
    ],
    ['a textarea', '<textarea id=here cols=11 rows=1>26947521101</textarea>', '26947521101'],
    [
      'a link’s text before its address',
      '<a id=here href=/111111111>26947521101</a>',
      '26947521101',
    ],
  ])('%s', (_, html, id) => {
    expect(idsOn(here(show(html)))).toEqual([id]);
  });

  test('at its first and at its last letter', () => {
    const page = show('Order <span id=here>26947521101</span> of today');
    expect(idsOn(here(page), 2)).toEqual(['26947521101']);
    expect(idsOn(here(page), 0.99)).toEqual(['26947521101']);
    expect(idsOn(here(page), -30)).toEqual([]);
  });

  test('of several the one that is pointed at', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => String(26_947_521_000 + index));
    const page = show(`<p style="word-break:break-word">${ids.join(' ')}</p>`);
    const text = page.firstElementChild?.firstChild as Text;
    for (const index of [0, 40, 9_999]) {
      const range = new Range();
      range.setStart(text, index * 12 + 3);
      range.setEnd(text, index * 12 + 4);
      range.startContainer.parentElement?.scrollIntoView();
      page.scrollTop += range.getBoundingClientRect().top - 100;
      const { left, top, width, height } = range.getBoundingClientRect();
      expect(idsAtPoint(left + width / 2, top + height / 2)).toEqual([ids[index]]);
    }
  });

  test('in a text of ten megabytes, of which only the surroundings are read', () => {
    const page = show('<p id=here style="word-break:break-all"></p>');
    here(page).textContent = '26947521101 '.repeat(840_000);
    const whole = [
      vi.spyOn(CharacterData.prototype, 'data', 'get'),
      vi.spyOn(Node.prototype, 'nodeValue', 'get'),
      vi.spyOn(Node.prototype, 'textContent', 'get'),
    ];
    const part = vi.spyOn(CharacterData.prototype, 'substringData');
    expect(idsAtPoint(30, 30)).toEqual(['26947521101']);
    for (const read of whole) expect(read).not.toHaveBeenCalled();
    expect(part.mock.results.length).toBeGreaterThan(0);
    for (const { value } of part.mock.results) expect(value.length).toBeLessThanOrEqual(200);
    vi.restoreAllMocks();
  });

  test('in a shadow tree', () => {
    const host = here(show('<div id=here></div>'));
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<p>Order <b>269</b><slot></slot></p><input value=26947521102 size=11>';
    const [bold, input] = [root.querySelector('b'), root.querySelector('input')] as [
      Element,
      Element,
    ];
    bold.textContent = '26947521101';
    expect(idsOn(bold)).toEqual(['26947521101']);
    expect(idsOn(input)).toEqual(['26947521102']);
  });

  test('in a shadow tree’s slot it is not put together with what stands around the slot', () => {
    const host = here(show('<div id=here><b>26947521101</b></div>'));
    host.attachShadow({ mode: 'open' }).innerHTML = '99<slot></slot>99';
    expect(idsOn(host.querySelector('b') as Element)).toEqual(['26947521101']);
  });

  test('in a line of a textarea', () => {
    const area = here(
      show('<textarea id=here rows=8 cols=40>26947521101\n26947521102\n\n26947521103</textarea>'),
    ) as HTMLTextAreaElement;
    area.style.cssText = 'font:16px/20px monospace;padding:0;border:0';
    expect(idsOn(area, 20, 10)).toEqual(['26947521101']);
    expect(idsOn(area, 20, 30)).toEqual(['26947521102']);
    expect(idsOn(area, 20, 70)).toEqual(['26947521103']);
  });
});

describe('nothing under the pointer', () => {
  test.each<[name: string, html: string]>([
    ['an empty place', '<p id=here style="height:90px"></p>26947521101'],
    ['words', '<b id=here>limit order</b>'],
    ['opacity 0', '<b id=here style="opacity:0">26947521101</b>'],
    ['within opacity 0', '<p style="opacity:0"><b id=here>26947521101</b></p>'],
    ['letters of no size', '<p id=here style="font-size:0;width:90px;height:20px">26947521101</p>'],
    ['not visible', '<b id=here style="visibility:hidden">26947521101</b>'],
    [
      'behind something else',
      '<b id=here>26947521101</b><p style="position:absolute;inset:0;margin:0;background:white"></p>',
    ],
    [
      'behind an unseen cover that holds another id',
      '<b id=here>26947521101</b><p style="position:absolute;inset:0;margin:0;opacity:0">26947521102</p>',
    ],
    ['a password', '<input id=here type=password value=26947521101 size=11>'],
    ['masked', '<input id=here value=26947521101 size=11 style="-webkit-text-security:disc">'],
    ['a hidden value', '<input id=here type=checkbox value=26947521101>'],
    ['a picture', '<img id=here alt="26947521101" width=90 height=90>'],
    ['a frame', '<iframe id=here srcdoc="26947521101"></iframe>'],
  ])('%s', (_, html) => {
    expect(idsOn(here(show(html)))).toEqual([]);
  });

  test('beside and below a text', () => {
    const page = show('<p id=here style="width:600px;height:100px">26947521101</p>');
    expect(idsOn(here(page), 20, 10)).toEqual(['26947521101']);
    expect(idsOn(here(page), 500, 10)).toEqual([]);
    expect(idsOn(here(page), 20, 60)).toEqual([]);
  });

  test.each(['input', 'textarea'])('beside the text of an %s', (name) => {
    const field = here(show(`<${name} id=here></${name}>`)) as HTMLInputElement;
    field.style.cssText = 'width:600px;font:16px/20px monospace;padding:0;border:0';
    field.value = '26947521101';
    expect(idsOn(field, 20, 10)).toEqual(['26947521101']);
    expect(idsOn(field, 500, 10)).toEqual([]);
    field.value = '';
    expect(idsOn(field, 20, 10)).toEqual([]);
  });

  test('below the text of a textarea', () => {
    const area = here(show('<textarea id=here>1\n26947521101</textarea>')) as HTMLTextAreaElement;
    area.style.cssText = 'width:600px;height:200px;font:16px/20px monospace;padding:0;border:0';
    expect(idsOn(area, 20, 30)).toEqual(['1 26947521101']);
    expect(idsOn(area, 20, 90)).toEqual([]);
  });

  test('pieces of a number that stand beside each other are not one number', () => {
    const page = show(
      '<table cellspacing=0 cellpadding=0><tr><td>2694<td id=here>75211<td>01</table>',
    );
    expect(idsOn(here(page))).toEqual(['75211']);
  });

  test('a text split into more pieces than are looked at', () => {
    const page = show(`<b id=here>2</b>${'<i></i>'.repeat(200)}6947521101`);
    expect(idsOn(here(page))).toEqual([]);
  });
});

describe('a link', () => {
  test.each<[name: string, html: string, ids: readonly string[]]>([
    ['its path', '<a href="https://x.example/orders/26947521101">', ['26947521101']],
    ['its search', '<a href="/order?side=buy&id=26947521101">', ['26947521101']],
    ['its hash', '<a href="https://x.example/#/orders/26947521101">', ['26947521101']],
    ['all ids', '<a href="/?ids=26947521101,26947521102">', ['26947521101', '26947521102']],
    ['encoded', `<a href="/orders%2F%7B${upper}%7D">`, [upper]],
    ['encoded wrongly', '<a href="/%E0%A4%A/26947521101">', ['26947521101']],
    ['no id', '<a href="/orders">', []],
    ['the server’s name', '<a href="https://26947521101.example/">', []],
    ['another kind of address', '<a href="data:text/plain,26947521101">', []],
    ['a script', '<a href="javascript:f(26947521101)">', []],
    ['an address without end', `<a href="/26947521101?${'x'.repeat(5000)}">`, []],
    ['not to be seen', '<a style="opacity:0" href="/26947521101">', []],
  ])('%s', (_, start, ids) => {
    const page = show(`<p>${start}<b id=here>the order</b></a></p>`);
    expect(idsOn(here(page))).toEqual(ids);
  });

  test.each([
    ['its text holds the id', '<a id=here href="/26947521102">26947521101</a>', 'text'],
    ['its address alone holds one', '<a id=here href="/26947521102">my order</a>', 'link'],
  ])('%s, and that is told', (_, html, place) => {
    const { left, top, width, height } = here(show(html)).getBoundingClientRect();
    expect(toldAt(left + width / 2, top + height / 2).place).toBe(place);
  });

  test('a picture in it', () => {
    const page = show(
      '<a href="/26947521101"><svg id=here width=40 height=40><rect width=40 height=40 /></svg></a>',
    );
    expect(idsOn(here(page))).toEqual(['26947521101']);
  });
});
