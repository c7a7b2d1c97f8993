import './kbd.css';

/** The keys of a command, as the browser writes them. */
export function Shortcut({ keys }: { keys: string | undefined }) {
  return keys === undefined ? <span class="muted">not set</span> : <kbd>{keys}</kbd>;
}
