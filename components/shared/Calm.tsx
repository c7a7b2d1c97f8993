import type { ComponentChildren } from 'preact';
import { Picture } from './Picture.tsx';

/** A state in which there is nothing to list: a picture, a sentence, and what can be done. */
export function Calm({
  picture,
  title,
  children,
}: {
  picture: ComponentChildren;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="calm">
      <Picture>{picture}</Picture>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
