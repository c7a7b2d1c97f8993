import type { ComponentChildren } from 'preact';

/** The frame of a calm state's picture: larger than an icon, in muted colours. */
export function Picture({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="picture"
      width="72"
      height="72"
      viewBox="0 0 72 72"
      fill="none"
      stroke="currentColor"
      stroke-width="2.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <circle class="picture-ground" cx="36" cy="36" r="34" stroke="none" />
      {children}
    </svg>
  );
}

export const LockDrawing = () => (
  <>
    <rect x="23" y="33" width="26" height="20" rx="3.5" />
    <path d="M28 33v-6a8 8 0 0 1 16 0v6" />
    <path d="M36 41v4" />
  </>
);

export const EmptyDrawing = () => (
  <>
    <path d="M22 25h28M22 36h16M22 47h10" />
    <path d="m42 45 4 4 8-9" />
  </>
);
