import { keepFocus } from '#components/shared/keep-focus.ts';

/**
 * What the popup's first frame does without. It is loaded as one piece right after that frame, so that a click never
 * waits for it.
 */
export { CancelByIdForm } from '#components/orders/CancelByIdForm.tsx';
export { NoAccounts, Welcome } from '#components/popup/SetUp.tsx';
export { DamageNote } from '#components/shared/DamageNote.tsx';
export { LapsedNote } from '#components/popup/LapsedNote.tsx';
export { Lost, Unreadable } from '#components/shared/NoVault.tsx';
export { SilentBanner, SilentPicture } from '#components/shared/Silent.tsx';
export { AccountLight, AllLights } from './Lights.tsx';
export { CancelAll } from './CancelAll.tsx';
export { Destination } from './Destination.tsx';
export { History } from './History.tsx';
export { KeepOpen } from './KeepOpen.tsx';
export { Keys } from './Keys.tsx';
export { ListNews } from './ListNews.tsx';
export { Choices, NothingFound } from './Narrowing.tsx';
export { Selected } from './Selected.tsx';
export { Site } from './Site.tsx';
export { Sweeps } from './Sweeps.tsx';

keepFocus();
