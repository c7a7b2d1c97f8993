import type { Page } from '@playwright/test';
import type { View } from '#lib/protocol/view.ts';
import type { Say } from '#tests/support/say.ts';

/** A state of a page, by the view that it shows and what its user has done. */
export interface State {
  readonly name: string;
  readonly view: View;
  readonly act?: ((page: Page, say: Say) => Promise<unknown>) | undefined;
  /** By this it is known to be there, in English. */
  readonly says: string | RegExp;
  /** What has no room gives way. */
  readonly brief?: true;
  /** Its tree of roles and names is kept as a fixture. */
  readonly tree?: boolean;
}
