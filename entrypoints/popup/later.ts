/**
 * What the popup's first frame does without. It is loaded as one piece right after that frame, so that a click never
 * waits for it.
 */
export { CancelByIdForm } from '#components/CancelByIdForm.tsx';
export { SelectionBar } from '#components/SelectionBar.tsx';
export { NoAccounts, Welcome } from '#components/SetUp.tsx';
export { SilentBanner, SilentPicture } from '#components/Silent.tsx';
export { CancelAll } from './CancelAll.tsx';
export { History } from './History.tsx';
export { Choices, NothingFound } from './Narrowing.tsx';
export { Sweeps } from './Sweeps.tsx';
