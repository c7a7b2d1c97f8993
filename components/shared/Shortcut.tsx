import './kbd.css';
import { t } from '#lib/words/text.ts';

/** The keys of a command, as the browser writes them. */
export function Shortcut({ keys }: { keys: string | undefined }) {
  return keys === undefined ? <span class="muted">{t('command.not_set')}</span> : <kbd>{keys}</kbd>;
}
