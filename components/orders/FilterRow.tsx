import './filter-row.css';
import type { AccountId } from '#lib/domain/account.ts';
import type { Side } from '#lib/domain/order.ts';
import type { FilterChoice } from '#lib/page/orders/filter-choice.ts';
import { ages } from '#lib/page/orders/filter-words.ts';
import type { AccountView } from '#lib/protocol/view.ts';

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
    <fieldset class="filter-row" aria-label="Filter">
      <Narrow
        label="Only account"
        any="Any account"
        value={accountId}
        options={accounts.map(({ id, label }) => [id, label])}
        onChange={(id) => choose({ accountId: id as AccountId | undefined })}
      />
      <Narrow
        label="Only symbol"
        any="Any symbol"
        value={symbol}
        options={symbols.map((each) => [each, each])}
        onChange={(each) => choose({ symbol: each })}
      />
      <Narrow
        label="Only side"
        any="Buys and sells"
        value={side}
        options={[
          ['buy', 'Only buys'],
          ['sell', 'Only sells'],
        ]}
        onChange={(each) => choose({ side: each as Side | undefined })}
      />
      <Narrow
        label="Older than"
        any="Any age"
        value={age === undefined ? undefined : String(age)}
        options={ages.map(([each, name]) => [String(each), `Older than ${name}`])}
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
