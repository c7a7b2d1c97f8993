import { render } from 'preact';
import { holdWhilePressed } from '#components/hold-pressed.ts';
import { Options } from './Options.tsx';
import { createOptions } from './options-model.ts';

holdWhilePressed();
const root = document.getElementById('root');
if (root) render(<Options model={createOptions()} />, root);
