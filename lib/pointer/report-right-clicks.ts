import { idsAt, type IdsAt } from './ids-at.ts';

/** The one thing that is used of the extension's API: a polyfill would be larger than all of this script. */
interface ExtensionApi {
  readonly runtime?: {
    sendMessage: (message: { kind: 'right-clicked' } & IdsAt) => Promise<unknown>;
  };
}

const nothing: IdsAt = { ids: [], place: 'text' };

/**
 * Tells the worker which ids stand under each right-click. Nothing is shown, changed or stored in the page, and nothing
 * is listened to but the user's own clicks. An empty report matters too: it takes the place of an older one.
 */
export function reportRightClicks(): void {
  /** What stood there when the button went down. */
  let pressed = nothing;

  const press = (event: PointerEvent) => {
    if (event.isTrusted) pressed = isForMenu(event) ? look(event) : nothing;
  };

  const open = (event: PointerEvent) => {
    if (!event.isTrusted) return;
    // On some systems the menu opens when the button goes up. A page that has changed its text until then is no longer
    // what the user pointed at. A menu opened by a key points at nothing.
    const now = pressed.ids.length > 0 && isForMenu(event) ? look(event) : nothing;
    void report(isSame(now, pressed) ? now : nothing);
    pressed = nothing;
  };

  // On the window, in the capture phase, before any script of the page: none can hold a click back or be asked first.
  const listen = () => {
    addEventListener('pointerdown', press, true);
    addEventListener('contextmenu', open, true);
  };
  listen();
  // A page that writes itself anew by `document.open` loses all listeners: an older report would stand for what is there
  // then. Listeners that are there are not added twice.
  new MutationObserver(listen).observe(document, { childList: true });
}

/** The secondary button, or what stands for it on a Mac. */
function isForMenu({ button, ctrlKey }: MouseEvent): boolean {
  return button === 2 || (button === 0 && ctrlKey);
}

function look(event: MouseEvent): IdsAt {
  try {
    return idsAt(event.clientX, event.clientY, event.composedPath());
  } catch {
    // A page can name its elements after the very properties that are read here: `<input name="parentNode">`.
    return nothing;
  }
}

function isSame(one: IdsAt, other: IdsAt): boolean {
  return one.place === other.place && one.ids.join('\n') === other.ids.join('\n');
}

async function report(told: IdsAt): Promise<void> {
  const { browser, chrome } = globalThis as { browser?: ExtensionApi; chrome?: ExtensionApi };
  try {
    await (browser ?? chrome)?.runtime?.sendMessage({ kind: 'right-clicked', ...told });
  } catch {
    // Nobody answers; and after an update of the extension there is nobody for the scripts of pages opened before.
  }
}
