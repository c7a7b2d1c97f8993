import { render } from 'preact';
import { holdWhileFresh } from '#components/shared/hold-fresh.ts';
import { holdWhilePressed } from '#components/shared/hold-pressed.ts';
import { keepFocus } from '#components/shared/keep-focus.ts';
import { Options } from './Options.tsx';
import { createOptions } from '#lib/page/options/options-model.ts';
import { showLanguage } from '#lib/page/page-language.ts';

showLanguage('page.options');
holdWhilePressed();
holdWhileFresh();
keepFocus();
const root = document.getElementById('root');
if (root) render(<Options model={createOptions()} />, root);
