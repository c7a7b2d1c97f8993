import './filter-row.css';
import type { AccountId } from '#lib/domain/account.ts';
import type { Side } from '#lib/domain/order.ts';
import type { FilterChoice } from '#lib/page/orders/filter-choice.ts';
import { ages } from '#lib/page/orders/filter-words.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { t } from '#lib/words/text.ts';

/** The choices beside “Find order”. Each says by itself what it leaves, so that no label takes room. */
export function FilterRow({
  choice,
  accounts,
  symbols,
  ageless,
  onChoose,
}: {
  choice: FilterChoice;
  accounts: readonly AccountView[];
  symbols: readonly string[];
  /** What “older than” leaves out for want of an age. */
  ageless: string | undefined;
  onChoose: (choice: FilterChoice) => void;
}) {
  const { accountId, symbol, side, age } = choice;
  const choose = (change: FilterChoice) => onChoose({ ...choice, ...change });
  return (
    <fieldset class="filter-row" aria-label={t('filter.name')}>
      <Narrow
        label={t('filter.only_account')}
        any={t('filter.any_account')}
        value={accountId}
        options={accounts.map(({ id, label }) => [id, label])}
        onChange={(id) => choose({ accountId: id as AccountId | undefined })}
      />
      <Narrow
        label={t('filter.only_symbol')}
        any={t('filter.any_symbol')}
        value={symbol}
        options={symbols.map((each) => [each, each])}
        onChange={(each) => choose({ symbol: each })}
      />
      <Narrow
        label={t('filter.only_side')}
        any={t('filter.any_side')}
        value={side}
        options={[
          ['buy', t('filter.only_buys')],
          ['sell', t('filter.only_sells')],
        ]}
        onChange={(each) => choose({ side: each as Side | undefined })}
      />
      <Narrow
        label={t('filter.older_than')}
        any={t('filter.any_age')}
        value={age === undefined ? undefined : String(age)}
        options={ages.map(([each, name]) => [
          String(each),
          t('filter.older_than_age', { age: t(name) }),
        ])}
        onChange={(each) => choose({ age: each === undefined ? undefined : Number(each) })}
      />
      {ageless !== undefined && <p class="field-hint">{ageless}</p>}
    </fieldset>
  );
}

function Narrow({
  label,
  any,
  value,
  options,
  onChange,
}: {
  label: string;
  /** What is said where nothing is chosen. */
  any: string;
  value: string | undefined;
  options: readonly (readonly [value: string, name: string])[];
  onChange: (value: string | undefined) => void;
}) {
  return (
    <select
      aria-label={label}
      class={value === undefined ? undefined : 'active'}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    >
      <option value="">{any}</option>
      {options.map(([each, name]) => (
        <option key={each} value={each} selected={each === value}>
          {name}
        </option>
      ))}
    </select>
  );
}
