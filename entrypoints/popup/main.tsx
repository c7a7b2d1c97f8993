import { render } from 'preact';
import { Popup } from './Popup.tsx';
import { createPopup } from './popup-model.ts';

const root = document.getElementById('root');
const model = createPopup();
void model.page.looked.then(() => root && render(<Popup model={model} />, root));
