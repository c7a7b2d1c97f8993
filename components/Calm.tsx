import type { ComponentChildren } from 'preact';
import { Picture } from './Icons.tsx';

/** A state in which there is nothing to list: a picture, a sentence, and what can be done. */
export function Calm({
  picture,
  title,
  children,
}: {
  picture: Parameters<typeof Picture>[0]['of'];
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="calm">
      <Picture of={picture} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
