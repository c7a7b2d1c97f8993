import { render } from 'preact';
import { holdWhilePressed } from '#components/hold-pressed.ts';
import { Popup } from './Popup.tsx';
import { createPopup } from './popup-model.ts';

holdWhilePressed();
const root = document.getElementById('root');
const model = createPopup();
void model.page.looked.then(() => root && render(<Popup model={model} />, root));
