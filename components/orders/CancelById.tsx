import type { ComponentChildren } from 'preact';

/** The disclosure “Cancel by id”; what it holds may come a moment later. */
export function CancelById({ children }: { children: ComponentChildren }) {
  return (
    <details class="by-id">
      <summary>Cancel by id</summary>
      {children}
    </details>
  );
}
