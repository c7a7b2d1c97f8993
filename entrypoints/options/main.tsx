import { render } from 'preact';
import { holdWhileFresh } from '#components/hold-fresh.ts';
import { holdWhilePressed } from '#components/hold-pressed.ts';
import { Options } from './Options.tsx';
import { createOptions } from './options-model.ts';

holdWhilePressed();
holdWhileFresh();
const root = document.getElementById('root');
if (root) render(<Options model={createOptions()} />, root);
