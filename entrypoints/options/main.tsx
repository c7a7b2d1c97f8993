import { render } from 'preact';
import { Options } from './Options.tsx';
import { createOptions } from './options-model.ts';

const root = document.getElementById('root');
if (root) render(<Options model={createOptions()} />, root);
