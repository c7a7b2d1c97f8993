import { standingOf, type Standing, type Stated } from '#lib/domain/standing.ts';

/** The colour of what is said of a state: the word says it, the colour helps. */
export type Tone = 'busy' | 'good' | 'warn' | 'bad' | 'plain';

const tones: Readonly<Record<Standing, Tone>> = {
  requested: 'busy',
  sent: 'busy',
  accepted: 'busy',
  unknown: 'warn',
  cancelled: 'good',
  'was-cancelled': 'plain',
  filled: 'warn',
  'not-found': 'plain',
  refused: 'bad',
  stopped: 'plain',
  lapsed: 'warn',
  abandoned: 'warn',
};

export function toneOf(cancellation: Stated): Tone {
  return tones[standingOf(cancellation)];
}
