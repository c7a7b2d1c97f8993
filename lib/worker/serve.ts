import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { UserError } from '#lib/domain/user-error.ts';
import {
  lineName,
  lineRequestSchema,
  schemaFor,
  rightClickSchema,
  type Answers,
  type ReplyError,
  type Request,
  type RequestOf,
  type RightClick,
} from '#lib/protocol/messages.ts';
import { offscreenPage, offscreenReportSchema } from '#lib/protocol/offscreen.ts';
import type { OffscreenLine } from '#lib/worker/browser/offscreen-document.ts';
import { t } from '#lib/words/text.ts';

export type Handlers = {
  readonly [Kind in Request['kind']]: (request: RequestOf<Kind>) => Promise<Answers[Kind]>;
};

/** What a script in a page may tell. */
export type RightClickListener = (told: RightClick, sender: browser.Runtime.MessageSender) => void;

/**
 * Answers the extension's own pages, hears the one thing that its script in web pages may tell, takes the line of its offscreen
 * document, and hears nobody else: the one place where a sender is checked and a message parsed. Register at the top of the
 * worker, synchronously. An error goes back as a code and a sentence: no stack, no URL, no payload.
 */
export function serve(
  handlers: Handlers,
  onRightClick: RightClickListener,
  onOffscreen: (line: OffscreenLine) => void,
): void {
  browser.runtime.onMessage.addListener(
    (message: unknown, sender: browser.Runtime.MessageSender) => {
      if (isOwnPage(sender)) return answer(handlers, message);
      if (isOwnScript(sender)) hear(message, sender, onRightClick);
      return undefined;
    },
  );
  browser.runtime.onConnect.addListener((port) => {
    if (isOffscreenDocument(port.sender)) onOffscreen(lineOf(port));
    else if (port.name === lineName && isOwnPage(port.sender)) answerOn(port, handlers);
    else port.disconnect();
  });
}

/** It lies in no tab. A page of this address that somebody has opened in one is not the document. */
function isOffscreenDocument(sender: browser.Runtime.MessageSender | undefined): boolean {
  const { id, url, tab } = sender ?? {};
  return (
    id === browser.runtime.id && url === browser.runtime.getURL(offscreenPage) && tab === undefined
  );
}

function lineOf(port: browser.Runtime.Port): OffscreenLine {
  return {
    tell: (task) => port.postMessage(task),
    follow(onReport, onEnd) {
      port.onMessage.addListener((message: unknown) => {
        const report = v.safeParse(offscreenReportSchema, message);
        if (report.success) onReport(report.output);
      });
      port.onDisconnect.addListener(onEnd);
    },
    hangUp: () => port.disconnect(),
  };
}

function answerOn(port: browser.Runtime.Port, handlers: Handlers): void {
  let isOpen = true;
  port.onDisconnect.addListener(() => (isOpen = false));
  port.onMessage.addListener((message: unknown) => {
    const asked = v.safeParse(lineRequestSchema, message);
    if (!asked.success) return;
    const { tag, request } = asked.output;
    void answer(handlers, request).then((reply) => isOpen && port.postMessage({ tag, reply }));
  });
}

/** In a tab, and not on a page of the extension's. */
function isOwnScript({ id, url, tab }: browser.Runtime.MessageSender): boolean {
  return id === browser.runtime.id && tab !== undefined && url?.startsWith('http') === true;
}

function hear(
  message: unknown,
  sender: browser.Runtime.MessageSender,
  onRightClick: RightClickListener,
): void {
  const told = v.safeParse(rightClickSchema, message);
  if (told.success) onRightClick(told.output, sender);
}

/** A page that the user sees: the offscreen document has no say in what pages may ask for. */
function isOwnPage({ id, url }: browser.Runtime.MessageSender = {}): boolean {
  const isOurs = id === browser.runtime.id && url?.startsWith(browser.runtime.getURL('')) === true;
  return isOurs && !url.startsWith(browser.runtime.getURL(offscreenPage));
}

async function answer(handlers: Handlers, message: unknown) {
  const schema = schemaFor(message);
  if (!schema) return { ok: false, error: misunderstood() };
  const request = v.safeParse(schema, message);
  if (!request.success) return { ok: false, error: notUnderstood(request.issues) };
  try {
    return { ok: true, value: await handle(handlers, request.output) };
  } catch (error) {
    return { ok: false, error: errorFor(error) };
  }
}

function handle<Kind extends Request['kind']>(handlers: Handlers, request: RequestOf<Kind>) {
  return (handlers[request.kind] as (request: Request) => Promise<Answers[Kind]>)(request);
}

/** All that is wrong may be that the user has put more into a field than it takes. */
function notUnderstood(issues: readonly v.BaseIssue<unknown>[]): ReplyError {
  if (!issues.every(({ type }) => type === 'max_length')) return misunderstood();
  const field = issues[0]?.path?.at(-1)?.key;
  return {
    code: 'too-long',
    message: t('error.too_long'),
    ...(typeof field === 'string' && { field }),
  };
}

function errorFor(error: unknown): ReplyError {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return { code: 'disk-full', message: t('error.disk_full') };
  }
  if (!(error instanceof UserError)) {
    return { code: 'unexpected', message: t('error.unexpected') };
  }
  const { code, message, field } = error;
  return { code, message, ...(field !== undefined && { field }) };
}

function misunderstood(): ReplyError {
  return { code: 'misunderstood', message: t('error.misunderstood') };
}
