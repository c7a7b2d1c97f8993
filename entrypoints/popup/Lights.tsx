import { ReadinessButton } from '#components/readiness/ReadinessButton.tsx';
import { readinessOf } from '#lib/page/readiness.ts';
import { barredIn } from '#lib/page/barred.ts';
import type { PopupModel } from '#lib/page/popup/popup-model.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { t } from '#lib/words/text.ts';

/** Whether a cancel would work on an account. */
export function AccountLight({ model, account }: { model: PopupModel; account: AccountView }) {
  const view = model.page.view.value;
  if (!view) return null;
  const barred = barredIn(model.page);
  const words = readinessOf(view, account, model.now.value, barred.value.has(account.id));
  return <ReadinessButton words={words} account={account.label} />;
}

/** The same for every account, where no list has room for it. */
export function AllLights({ model }: { model: PopupModel }) {
  return (
    <ul class="all-lights" aria-label={t('readiness.name')}>
      {model.page.view.value?.accounts.map((account) => (
        <li key={account.id}>
          <span class="group-label">{account.label}</span>
          <AccountLight model={model} account={account} />
        </li>
      ))}
    </ul>
  );
}
