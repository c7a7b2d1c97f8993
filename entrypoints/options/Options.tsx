import { AccountForm } from '#components/options/AccountForm.tsx';
import { AccountItem } from '#components/options/AccountItem.tsx';
import { Choice } from '#components/shared/Choice.tsx';
import { Commands } from '#components/options/Commands.tsx';
import { CreateVault } from '#components/options/CreateVault.tsx';
import { DamageNote } from '#components/shared/DamageNote.tsx';
import { namesOfUnreadable, UnreadableAccount } from '#components/options/DamagedAccounts.tsx';
import { Keeping } from '#components/options/Keeping.tsx';
import { Lost, Unreadable } from '#components/shared/NoVault.tsx';
import { SilentBanner, SilentPicture } from '#components/shared/Silent.tsx';
import { SiteOffer } from '#components/options/SiteOffer.tsx';
import { Sites } from '#components/options/Sites.tsx';
import { Skeleton } from '#components/shared/Skeleton.tsx';
import { UnlockForm } from '#components/shared/UnlockForm.tsx';
import { Wordmark } from '#components/shared/Wordmark.tsx';
import type { AutoLock, Notifications, ReadEvery } from '#lib/domain/settings.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { readinessOf } from '#lib/page/readiness.ts';
import { environmentsOf } from '#lib/venues/hosts.ts';
import { waitingWords } from '#lib/page/waiting-words.ts';
import type { View } from '#lib/protocol/view.ts';
import type { OptionsModel } from '#lib/page/options/options-model.ts';
import { type PlainKey, t } from '#lib/words/text.ts';

export function Options({ model }: { model: OptionsModel }) {
  const view = model.page.view.value;
  const silent = model.page.silent.value;
  return (
    <>
      <header class="page-head">
        <Wordmark size={26} />
        {view?.vault.state === 'unlocked' && (
          <button type="button" onClick={model.lock}>
            {t('vault.lock_now')}
          </button>
        )}
      </header>
      {silent && view && <SilentBanner onReload={model.reload} />}
      <main>
        {view ? (
          <Sections model={model} view={view} />
        ) : silent ? (
          <SilentPicture onReload={model.reload} />
        ) : (
          <Skeleton />
        )}
      </main>
    </>
  );
}

function Sections({ model, view }: { model: OptionsModel; view: View }) {
  switch (view.vault.state) {
    case 'none':
      return <CreateVault onCreate={model.createVault} />;
    case 'lost':
      return (
        <>
          <Lost />
          <CreateVault onCreate={model.createVault} isAnew />
        </>
      );
    case 'unreadable':
    case 'newer':
    case 'blocked':
      return <Unreadable why={view.vault.state} onReload={model.reload} />;
    case 'locked':
      return (
        <section class="card stack narrow">
          <h2>{t('vault.locked')}</h2>
          <UnlockForm waiting={waitingWords(view.vault)} onUnlock={model.unlock} />
        </section>
      );
    case 'unlocked':
      return (
        <>
          <DamageNote damage={view.damage} onAccept={model.acceptDamage} />
          <Accounts model={model} view={view} />
          <AccountForm
            environmentsOf={environmentsOf}
            abouts={abouts}
            labels={view.accounts.map(({ label }) => label)}
            onSave={model.save}
          />
          <Sites
            sites={view.sites}
            problem={model.sites.problem.value}
            onRemove={model.sites.remove}
          />
          <Commands
            commands={model.commands.commands.value}
            problem={model.commands.problem.value}
            onChange={model.commands.change}
          />
          <Reading model={model} readEvery={view.settings.readEvery} />
          <Live model={model} keepLive={view.settings.keepLive} />
          <Notices model={model} notifications={view.settings.notifications} />
          <Locking model={model} autoLock={view.settings.autoLock} />
          <Keeping kept={model.kept.value} onAsk={model.askToKeep} />
        </>
      );
  }
}

function Accounts({ model, view }: { model: OptionsModel; view: View }) {
  const unreadable = namesOfUnreadable(view.damage.accounts);
  return (
    <section class="card" aria-labelledby="accounts">
      <h2 id="accounts">{t('options.accounts')}</h2>
      {view.accounts.length + unreadable.size === 0 ? (
        <p class="muted">{t('options.none_yet')}</p>
      ) : (
        <ul class="accounts" aria-labelledby="accounts">
          {view.accounts.map((account) => (
            <AccountItem
              key={account.id}
              account={account}
              fields={abouts[account.venue].fields}
              readiness={readinessOf(
                view,
                account,
                model.now.value,
                model.barred.value.has(account.id),
              )}
              now={model.now.value}
              testing={model.testing.value.has(account.id)}
              onTest={() => model.test(account)}
              onRemove={() => model.remove(account)}
              onKey={(key) => model.setKey(account, key)}
            />
          ))}
          {[...unreadable].map(([id, name]) => (
            <UnreadableAccount
              key={id}
              name={name}
              onRemove={() => model.remove({ id, label: name })}
            />
          ))}
        </ul>
      )}
      <output class="said">{model.said.value}</output>
      {model.sites.offered.value.length > 0 && (
        <SiteOffer
          sites={model.sites.offered.value}
          problem={model.sites.offerProblem.value}
          onAllow={model.sites.accept}
          onDismiss={model.sites.dismiss}
        />
      )}
    </section>
  );
}

/** Choices with their words. */
function worded<V extends string>(
  choices: readonly (readonly [value: V, key: PlainKey])[],
): (readonly [value: V, words: string])[] {
  return choices.map(([value, key]) => [value, t(key)]);
}

const readings = [
  ['off', 'options.reading.off'],
  ['1', 'options.reading.every_1'],
  ['5', 'options.reading.every_5'],
  ['15', 'options.reading.every_15'],
] as const;

function Reading({ model, readEvery }: { model: OptionsModel; readEvery: ReadEvery }) {
  return (
    <section class="card" aria-labelledby="reading">
      <h2 id="reading">{t('options.reading.title')}</h2>
      <div class="narrow">
        <Choice
          label={t('options.reading.label')}
          value={`${readEvery}` as const}
          options={worded(readings)}
          onChange={(chosen) =>
            model.changeSettings({
              readEvery: chosen === 'off' ? chosen : (Number(chosen) as ReadEvery),
            })
          }
          hint={t('options.reading.hint')}
        />
      </div>
    </section>
  );
}

const streamTimes = [
  ['in-use', 'options.live.in_use'],
  ['always', 'options.live.always'],
] as const;

function Live({ model, keepLive }: { model: OptionsModel; keepLive: boolean }) {
  return (
    <section class="card" aria-labelledby="live">
      <h2 id="live">{t('options.live.title')}</h2>
      <div class="narrow">
        <Choice
          label={t('options.live.label')}
          value={keepLive ? 'always' : 'in-use'}
          options={worded(streamTimes)}
          onChange={(chosen) => model.changeSettings({ keepLive: chosen === 'always' })}
          hint={t('options.live.hint')}
        />
      </div>
    </section>
  );
}

const notices = [
  ['all', 'options.notices.all'],
  ['trouble', 'options.notices.trouble'],
  ['off', 'options.notices.off'],
] as const;

function Notices({ model, notifications }: { model: OptionsModel; notifications: Notifications }) {
  return (
    <section class="card" aria-labelledby="notifications">
      <h2 id="notifications">{t('options.notices.title')}</h2>
      <div class="narrow">
        <Choice
          label={t('options.notices.label')}
          value={notifications}
          options={worded(notices)}
          onChange={(chosen) => model.changeSettings({ notifications: chosen })}
          hint={t('options.notices.hint')}
        />
      </div>
    </section>
  );
}

const autoLocks = [
  ['1', 'options.locking.after_1'],
  ['5', 'options.locking.after_5'],
  ['15', 'options.locking.after_15'],
  ['60', 'options.locking.after_60'],
  ['browser-close', 'options.locking.browser_close'],
] as const;

/** It does not tell when the screen locks. */
const isFirefox = import.meta.env.BROWSER === 'firefox';

function Locking({ model, autoLock }: { model: OptionsModel; autoLock: AutoLock }) {
  return (
    <section class="card" aria-labelledby="locking">
      <h2 id="locking">{t('options.locking.title')}</h2>
      <div class="narrow">
        <Choice
          label={t('options.locking.label')}
          value={`${autoLock}` as const}
          options={worded(autoLocks)}
          onChange={(chosen) =>
            model.changeSettings({
              autoLock: chosen === 'browser-close' ? chosen : (Number(chosen) as AutoLock),
            })
          }
          hint={t(isFirefox ? 'options.locking.hint_firefox' : 'options.locking.hint')}
        />
      </div>
    </section>
  );
}
