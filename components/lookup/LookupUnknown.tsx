import './lookup-unknown.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { UnknownId } from '#lib/domain/lookup.ts';
import { t } from '#lib/words/text.ts';

export interface LookupUnknownProps {
  unknown: readonly UnknownId[];
  isOpen: (unknown: UnknownId) => boolean;
  onOpen: (unknown: UnknownId) => void;
  onClose: (unknown: UnknownId) => void;
  /** The accounts of an id that is open. */
  children: (unknown: UnknownId) => ComponentChildren;
}

/** The list "Not among your open orders": no venue is asked about any of them before the user says so. */
export function LookupUnknown({ unknown, isOpen, onOpen, onClose, children }: LookupUnknownProps) {
  const titleId = useId();
  return (
    <section class="unknown">
      <h3 id={titleId}>{t('lookup.not_among')}</h3>
      <ul aria-labelledby={titleId}>
        {unknown.map((each) => {
          const shown = isOpen(each);
          return (
            <li key={each.id} class="unknown-id">
              <div class="unknown-line">
                <bdi class="id" title={each.id}>
                  {each.id}
                </bdi>
                <button
                  type="button"
                  aria-label={t('lookup.ask_venues_for', { id: each.id })}
                  aria-expanded={shown}
                  onClick={() => (shown ? onClose(each) : onOpen(each))}
                >
                  {t('lookup.ask_venues')}
                </button>
              </div>
              {shown && children(each)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
