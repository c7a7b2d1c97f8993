import { Logo } from './Icons.tsx';

/** The same in every language. */
const name = 'Pullcord';

/** Who this is, at the head of each page. `size`: of the logo, in pixels. */
export function Wordmark({ size = 20 }: { size?: number }) {
  return (
    <h1 class="wordmark">
      <Logo size={size} />
      <span class="wordmark-name">{name}</span>
    </h1>
  );
}
