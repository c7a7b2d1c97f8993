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

export function Options({ model }: { model: OptionsModel }) {
  const view = model.page.view.value;
  const silent = model.page.silent.value;
  return (
    <>
      <header class="page-head">
        <Wordmark size={26} />
        {view?.vault.state === 'unlocked' && (
          <button type="button" onClick={model.lock}>
            Lock now
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
          <h2>Pullcord is locked</h2>
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
      <h2 id="accounts">Accounts</h2>
      {view.accounts.length + unreadable.size === 0 ? (
        <p class="muted">None yet. Add the first one below.</p>
      ) : (
        <ul class="accounts" aria-labelledby="accounts">
          {view.accounts.map((account) => (
            <AccountItem
              key={account.id}
              account={account}
              readiness={readinessOf(view, account, model.now.value)}
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

const readings = [
  ['off', 'Off'],
  ['1', 'Every minute'],
  ['5', 'Every 5 minutes'],
  ['15', 'Every 15 minutes'],
] as const;

function Reading({ model, readEvery }: { model: OptionsModel; readEvery: ReadEvery }) {
  return (
    <section class="card" aria-labelledby="reading">
      <h2 id="reading">Reading</h2>
      <div class="narrow">
        <Choice
          label="Read open orders while no popup is open"
          value={`${readEvery}` as const}
          options={readings}
          onChange={(chosen) =>
            model.changeSettings({
              readEvery: chosen === 'off' ? chosen : (Number(chosen) as ReadEvery),
            })
          }
          hint="For the number on the icon. Nothing is read while Pullcord is locked, and reading does not put the lock off."
        />
      </div>
    </section>
  );
}

const streamTimes = [
  ['in-use', 'Only while it is of use'],
  ['always', 'As long as Pullcord is unlocked'],
] as const;

function Live({ model, keepLive }: { model: OptionsModel; keepLive: boolean }) {
  return (
    <section class="card" aria-labelledby="live">
      <h2 id="live">Live</h2>
      <div class="narrow">
        <Choice
          label="Keep live"
          value={keepLive ? 'always' : 'in-use'}
          options={streamTimes}
          onChange={(chosen) => model.changeSettings({ keepLive: chosen === 'always' })}
          hint="Venues tell at once what becomes of your orders, over a connection that stays open. It is of use while the popup is open or a cancel is under way. Kept open, it costs power and data."
        />
      </div>
    </section>
  );
}

const notices = [
  ['all', 'All'],
  ['trouble', 'Only trouble'],
  ['off', 'Off'],
] as const;

function Notices({ model, notifications }: { model: OptionsModel; notifications: Notifications }) {
  return (
    <section class="card" aria-labelledby="notifications">
      <h2 id="notifications">Notifications</h2>
      <div class="narrow">
        <Choice
          label="Tell the result of cancels"
          value={notifications}
          options={notices}
          onChange={(chosen) => model.changeSettings({ notifications: chosen })}
          hint="Of cancels that were not started in an open popup: from a page, the keyboard or the address bar. Orders cancelled together get one notification."
        />
      </div>
    </section>
  );
}

const autoLocks = [
  ['1', 'After 1 minute'],
  ['5', 'After 5 minutes'],
  ['15', 'After 15 minutes'],
  ['60', 'After 1 hour'],
  ['browser-close', 'When the browser closes'],
] as const;

function Locking({ model, autoLock }: { model: OptionsModel; autoLock: AutoLock }) {
  return (
    <section class="card" aria-labelledby="locking">
      <h2 id="locking">Locking</h2>
      <div class="narrow">
        <Choice
          label="Lock automatically"
          value={`${autoLock}` as const}
          options={autoLocks}
          onChange={(chosen) =>
            model.changeSettings({
              autoLock: chosen === 'browser-close' ? chosen : (Number(chosen) as AutoLock),
            })
          }
          hint="Counted from the last thing you did in Pullcord. It also locks when the screen locks. A cancellation under way is finished first."
        />
      </div>
    </section>
  );
}
