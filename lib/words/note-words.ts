import type { Note, Remark } from '#lib/domain/remark.ts';
import { keyPart, t } from './text.ts';

/** What Pullcord itself says of an exchange: never in quotes, and never after a venue's name. */
export function noteWords(note: Note): string {
  switch (note.code) {
    case 'http':
    case 'no-text':
    case 'empty-answer':
    case 'not-json':
    case 'not-own':
    case 'too-large':
    case 'without-time':
      return t(`note.${keyPart(note.code)}`, { status: String(note.status) });
    case 'success':
      return t('note.success', { is: String(note.is) });
    case 'count':
    case 'count-pending':
      return t(`note.${keyPart(note.code)}`, { n: note.count });
    case 'id-not-borne': {
      const { unreadable } = note;
      return unreadable === undefined
        ? t('note.id_not_borne')
        : t('note.id_not_borne_readable', { unreadable });
    }
    case 'ids-borne':
      return t('note.ids_borne', { n: note.count });
    case 'with-parent':
      return t('note.with_parent', { id: note.id });
    case 'with-a-parent':
      return t('note.with_a_parent', { n: note.count });
    case 'earlier':
      return note.text;
    default:
      return t(`note.${keyPart(note.code)}`);
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
