import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';

// npm run sandbox [-- --for SECONDS]: one line of JSON, then the venues stay until they are told to stop.
const { values } = parseArgs({ options: { for: { type: 'string' } } });
const seconds = values.for === undefined ? undefined : Number(values.for);
if (seconds !== undefined && !(seconds > 0)) {
  console.error('--for takes a number of seconds, such as --for 60');
  process.exit(2);
}

const sandbox = await startSandbox({ firstPort: 4101 });
console.log(JSON.stringify(sandbox.list));

function stop(): void {
  clearTimeout(timer);
  void sandbox.stop();
}
const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1000);
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
