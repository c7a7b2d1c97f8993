import '#components/readiness/readiness.css';
import { LightIcon } from '#components/readiness/LightIcon.tsx';
import { ReadinessFacts } from '#components/readiness/ReadinessFacts.tsx';
import type { Account, Credentials, KeyTest } from '#lib/domain/account.ts';
import { environmentName } from '#lib/words/account-name.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { keyTestWords } from '#lib/page/options/key-test-words.ts';
import { durationWords } from '#lib/words/time-words.ts';
import type { ReadinessWords } from '#lib/words/readiness-words.ts';
import type { KeyFields } from '#lib/venues/about.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { LostKey } from './DamagedAccounts.tsx';
import { t } from '#lib/words/text.ts';

export function AccountItem({
  account,
  fields,
  readiness,
  now,
  testing,
  onTest,
  onRemove,
  onKey,
}: {
  account: AccountView;
  fields: KeyFields;
  readiness: ReadinessWords;
  now: number;
  testing: boolean;
  onTest: () => void;
  onRemove: () => void;
  /** Where its key cannot be used. */
  onKey: (key: Credentials) => Promise<unknown>;
}) {
  const { label, environment, sandboxUrl, lastTest } = account;
  const venueName = venueNames[account.venue];
  return (
    <li class="account">
      <div class="account-name">
        <strong>{label}</strong>
        <span class="muted">
          {label !== venueName && <span>{venueName}</span>}
          <span class={`badge ${environment}`}>{environmentName(environment)}</span>
          {sandboxUrl && <span class="id">{sandboxUrl}</span>}
        </span>
      </div>
      <div class="account-buttons">
        {!account.keyTrouble && (
          <button
            type="button"
            aria-label={t('account_item.test_label', { label })}
            aria-disabled={testing}
            onClick={onTest}
          >
            {testing && <span class="spinner" aria-hidden="true" />}
            {t('account_item.test')}
          </button>
        )}
        <button
          type="button"
          class="acts"
          aria-label={t('account_item.remove_label', { label })}
          onClick={onRemove}
        >
          {t('account_item.remove')}
        </button>
      </div>
      <div class="account-readiness">
        <p>
          <LightIcon light={readiness.light} />
          <span class="readiness-words">{readiness.sentence}</span>
        </p>
        <ReadinessFacts words={readiness} />
      </div>
      {account.keyTrouble ? (
        <div class="account-test">
          <LostKey account={account} why={account.keyTrouble} extra={fields.extra} onSave={onKey} />
        </div>
      ) : (
        <output class="account-test">
          {testing ? (
            <span class="muted">{t('account_item.asking', { venue: venueName })}</span>
          ) : lastTest ? (
            <>
              <KeyTested lastTest={lastTest} account={account} />
              <span class="muted">
                {now - lastTest.at < 1000
                  ? t('account_item.tested_now')
                  : t('account_item.tested', { length: durationWords(now - lastTest.at) })}
              </span>
            </>
          ) : (
            <span class="muted">{t('account_item.not_tested')}</span>
          )}
        </output>
      )}
    </li>
  );
}

/** What the key could be better about looks other than that it works: by its box and its sign too. */
function KeyTested({ lastTest, account }: { lastTest: KeyTest; account: Account }) {
  const { result, warnings, more } = keyTestWords(lastTest, account);
  return (
    <>
      <span class={lastTest.result.ok ? 'good' : 'bad'}>{result}</span>
      {warnings.map((sentence) => (
        <span key={sentence} class="warning key-warning">
          <LightIcon light="warn" />
          <span>{sentence}</span>
        </span>
      ))}
      {more.map((sentence) => (
        <span key={sentence} class="muted">
          {sentence}
        </span>
      ))}
    </>
  );
}
