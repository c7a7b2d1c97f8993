import { render } from 'preact';
import { holdWhileFresh } from '#components/shared/hold-fresh.ts';
import { holdWhilePressed } from '#components/shared/hold-pressed.ts';
import { loadLater } from './load-later.ts';
import { Popup } from './Popup.tsx';
import { createPopup } from '#lib/page/popup/popup-model.ts';
import { showLanguage } from '#lib/page/page-language.ts';

showLanguage();
holdWhilePressed();
holdWhileFresh();
const root = document.getElementById('root');
const model = createPopup();
if (model.place !== 'popup') document.documentElement.classList.add('kept');
void model.page.painted.then(loadLater);
void model.page.looked.then(() => root && render(<Popup model={model} />, root));
