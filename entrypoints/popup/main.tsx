import { render } from 'preact';
import { Popup } from './Popup.tsx';
import { createPopup } from './popup-model.ts';

const root = document.getElementById('root');
if (root) render(<Popup model={createPopup()} />, root);
