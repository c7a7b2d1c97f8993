import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { reportRightClicks } from '#lib/pointer/report-right-clicks.ts';

/** Runs in the pages of sites that the user has switched on, and in no others: the worker registers it there. */
export default defineUnlistedScript(() => reportRightClicks());
