import type { ClockReading } from '#lib/domain/clock.ts';
import { t, tenthsText } from './text.ts';

/** From here on a reading is only good for whole seconds, in milliseconds: the venue tells no more than those. */
const coarse = 500;
const exactMost = 1000;

/** How far this machine's clock is from the venue's, no more exactly than that is known: `3.0 s behind BtcTurk’s`. */
export function clockWords({ offset, uncertainty }: ClockReading, venue: string): string {
  const size = Math.abs(offset);
  if (size <= uncertainty) {
    const within =
      uncertainty >= coarse ? aboutSeconds(uncertainty) : t('time.ms', { n: uncertainty });
    return t('clock.agrees', { venue, within });
  }
  return t(`clock.${direction(offset)}_of`, { distance: distanceWords(size, uncertainty), venue });
}

/** The same in few words: `Your clock is about 3 s behind`. */
export function shortClockWords({ offset, uncertainty }: ClockReading): string {
  const distance = distanceWords(Math.abs(offset), uncertainty);
  return t(`clock.${direction(offset)}`, { distance });
}

/** `offset`: the venue's clock minus this machine's. */
const direction = (offset: number) => (offset < 0 ? 'ahead' : 'behind');

function distanceWords(size: number, uncertainty: number): string {
  if (uncertainty >= coarse) return aboutSeconds(size);
  return size < exactMost
    ? t('time.ms', { n: Math.round(size) })
    : t('time.s', { n: tenthsText(size / 1000) });
}

/** To the second, and never less than one. */
function aboutSeconds(size: number): string {
  return t('time.about', { length: t('time.s', { n: Math.max(1, Math.round(size / 1000)) }) });
}
