import { render } from 'preact';
import { isComposing } from '#components/shared/composing.ts';
import { holdWhileFresh } from '#components/shared/hold-fresh.ts';
import { holdWhilePressed } from '#components/shared/hold-pressed.ts';
import { keepFocus } from '#components/shared/keep-focus.ts';
import type { LookupId } from '#lib/domain/lookup.ts';
import { Lookup } from './Lookup.tsx';
import { createLookup } from '#lib/page/lookup/lookup-model.ts';
import { showLanguage } from '#lib/page/page-language.ts';

showLanguage('page.lookup');
holdWhilePressed();
holdWhileFresh();
keepFocus();
const root = document.getElementById('root');
const model = createLookup(location.hash.slice(1) as LookupId);
void model.page.looked.then(() => root && render(<Lookup model={model} />, root));

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !isComposing(event)) window.close();
});
