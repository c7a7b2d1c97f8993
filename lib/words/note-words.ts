import type { Note, Remark } from '#lib/domain/remark.ts';

/** What Pullcord itself says of an exchange: never in quotes, and never after a venue's name. */
export function noteWords(note: Note): string {
  switch (note.code) {
    case 'http':
      return `HTTP ${note.status}`;
    case 'socket':
      return 'WebSocket';
    case 'no-text':
      return `HTTP ${note.status}, no text`;
    case 'empty-answer':
      return `an empty answer · HTTP ${note.status}`;
    case 'not-json':
      return `an answer that is not the venue’s JSON · HTTP ${note.status}`;
    case 'not-own':
      return `an answer that is not the venue’s own · HTTP ${note.status}`;
    case 'too-large':
      return `an answer that is too large to read · HTTP ${note.status}`;
    case 'without-time':
      return `an answer without the time · HTTP ${note.status}`;
    case 'without-order':
      return 'an answer without an order';
    case 'without-submitted':
      return 'a reply without `submitted` · WebSocket';
    case 'left-out':
      return 'the reply leaves this order out';
    case 'success':
      return `success: ${note.is}`;
    case 'no-answer':
      return 'no answer: the connection failed';
    case 'timed-out':
      return 'no answer within 10 s';
    case 'socket-silent':
      return 'no reply on the WebSocket';
    case 'socket-closed':
      return 'the WebSocket closed before a reply';
    case 'withdrawn':
      return 'withdrawn before it was sent';
    case 'not-read':
      return 'not read';
    case 'account-removed':
      return 'account removed';
    case 'no-such-id':
      return 'no id of this venue looks like that';
    case 'endless-list':
      return 'the list of orders has no end';
    case 'not-listed':
      return 'not in the list of orders';
    case 'not-among-readable':
      return 'not among those orders of the list that can be read';
    case 'symbol-untold':
      return 'the list does not tell the symbol of this order';
    case 'id-not-borne':
      return note.unreadable === undefined
        ? 'no open order bears this id'
        : `no open order that could be read bears this id; ${note.unreadable} could not be read`;
    case 'ids-borne':
      return `${note.count} open orders bear this client order id`;
    case 'with-parent':
      return `cancelled with its parent order ${note.id}`;
    case 'with-a-parent':
      return `cancelled with its parent order, one of ${note.count}`;
    case 'not-written':
      return 'The cancellation could not be written down, so nothing was sent. Free some disk space, or cancel on the venue’s own site.';
    case 'inside':
      return 'Something went wrong inside Pullcord.';
    case 'earlier':
      return note.text;
  }
}

/** A line that names no speaker; empty where nothing was heard. */
export function plainRemark({ said = [], note }: Remark): string {
  return [...said, ...notesOf(note)].join(' · ');
}

/** As `plainRemark`, with what the venue said in quotes: for a line in which it is named. */
export function quotedRemark({ said = [], note }: Remark): string {
  return [...said.map((text) => `“${text}”`), ...notesOf(note)].join(' · ');
}

/** A sentence of its own: after the venue's name, where that is known, only if the venue itself said something. */
export function remarkWords(venueName: string, remark: Remark): string[] {
  const isSaid = remark.said !== undefined && venueName !== '';
  const words = isSaid ? `${venueName}: ${quotedRemark(remark)}` : plainRemark(remark);
  return words === '' ? [] : [words];
}

function notesOf(note: Note | undefined): string[] {
  return note === undefined ? [] : [noteWords(note)];
}
