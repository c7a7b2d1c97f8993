import type { Light } from '#lib/domain/readiness.ts';
import { lightName } from '#lib/words/readiness-words.ts';

/** Each light has a form of its own beside its colour: a disc with a tick, a ring, a triangle, a square with a cross. */
const forms: Readonly<Record<Light, { readonly ground: string; readonly sign: string }>> = {
  good: { ground: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z', sign: 'm4.8 8.3 2.3 2.3 4.2-4.8' },
  unknown: { ground: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z', sign: '' },
  warn: { ground: 'M8 1 15.4 14.5H.6Z', sign: 'M8 6v4M8 12.2v.1' },
  bad: { ground: 'M1.5 1.5h13v13h-13Z', sign: 'm5 5 6 6M11 5l-6 6' },
};

export function LightIcon({ light }: { light: Light }) {
  const { ground, sign } = forms[light];
  return (
    <svg
      class="light"
      data-light={light}
      width="12"
      height="12"
      viewBox="0 0 16 16"
      role="img"
      aria-label={lightName(light)}
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path class="light-ground" d={ground} />
      <path class="light-sign" d={sign} />
    </svg>
  );
}
