import { render } from 'preact';
import { holdWhileFresh } from '#components/hold-fresh.ts';
import { holdWhilePressed } from '#components/hold-pressed.ts';
import { Popup } from './Popup.tsx';
import { createPopup } from './popup-model.ts';

holdWhilePressed();
holdWhileFresh();
const root = document.getElementById('root');
const model = createPopup();
void model.page.looked.then(() => root && render(<Popup model={model} />, root));
