import { setTimeout as pause } from 'node:timers/promises';
import { row, type Part, type Row } from './report.ts';
import { openSlowLine, type SlowLine } from '#tests/bench/support/slow-line.ts';
import { openWorld, ordersFor, type World } from '#tests/bench/support/world.ts';

const rounds = 15;
/** What each new connection costs beyond what it costs on this machine: a round trip or two and their TLS. */
const added = 100;
/** From one cancel to the next: more than the venue's limit asks for, so that none waits for it. */
const gap = 2300;

/** How a popup finds things as the cancel is clicked. */
const scenes: readonly {
  readonly name: string;
  readonly isWarmed: boolean;
  readonly isWorkerDead: boolean;
}[] = [
  { name: 'worker awake, no connection', isWarmed: false, isWorkerDead: false },
  {
    name: 'worker awake, after what a popup asks as it opens',
    isWarmed: true,
    isWorkerDead: false,
  },
  { name: 'worker dead, no connection', isWarmed: false, isWorkerDead: true },
  { name: 'worker dead, after what a popup asks as it opens', isWarmed: true, isWorkerDead: true },
];

/** What it saves that an opening popup wakes the worker and reads every account, where a new connection is dear. */
export async function measureWarming(): Promise<Part> {
  const lines: SlowLine[] = [];
  const world = await openWorld({
    accounts: ['ripio'],
    sandbox: { ripio: { seed: false, limits: false } },
    async addressOf(url) {
      const line = await openSlowLine(url, added);
      lines.push(line);
      return line.url;
    },
  });
  const [line] = lines;
  if (!line) throw new Error('there is no account');
  try {
    const rows: Row[] = [];
    for (const { name, isWarmed, isWorkerDead } of scenes) {
      const samples: number[] = [];
      for (let round = 0; round < rounds; round++) {
        if (isWorkerDead) await world.worker.kill();
        samples.push(await measureOne(world, line, isWarmed));
        await pause(gap);
      }
      rows.push(row(`ripio, a connection ${added} ms dearer, ${name}: asked → arrival`, samples));
    }
    return {
      title: '6. What opening the popup warms',
      rows,
      notes: [
        `Each new connection to the venue takes ${added} ms longer than on this machine, by a proxy; what goes over it is not slowed down. All connections are cut before each cancel.`,
        'Asked by a message as the popup sends it; “what a popup asks as it opens” is `hello` and `refresh`, which were answered before.',
      ],
    };
  } finally {
    await world.close();
    line.close();
  }
}

async function measureOne(world: World, line: SlowLine, isWarmed: boolean): Promise<number> {
  const { venues, helper } = world;
  await venues.clear();
  const [order] = await venues.place('ripio', ordersFor('ripio', 1));
  if (!order) throw new Error('nothing was placed');
  line.cut();
  if (isWarmed) {
    await world.ask({ kind: 'hello' });
    await world.ask({ kind: 'refresh', byUser: false });
    // The limit of one request a second counts the reading.
    await pause(1100);
  }
  const arrival = venues.arrivalOf('ripio', order.id);
  const askedAt = await helper.run(cancelNow, order.id);
  return (await arrival) - askedAt;
}

/** Runs in the page: asks for it, and tells when that was. */
async function cancelNow(id: string): Promise<number> {
  const view = await chrome.storage.session.get('view.accounts');
  const [account] = JSON.parse(String(view['view.accounts'])) as { id: string }[];
  const askedAt = performance.timeOrigin + performance.now();
  void chrome.runtime.sendMessage({
    kind: 'cancel',
    accountId: account?.id,
    idKind: 'order-id',
    id,
  });
  return askedAt;
}
