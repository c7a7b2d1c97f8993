/** Cancels orders with ccxt, one after the other, and tells when. A process of its own, so that nothing else is in it. */

export interface CcxtTask {
  readonly module: string;
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  readonly orderIds: readonly string[];
}

/** Of each cancel, as `performance.timeOrigin + performance.now()`. */
export type CcxtAnswer = readonly { readonly called: number; readonly resolved: number }[];

/** What is used of ccxt, which is not there when types are checked. */
interface Ccxt {
  readonly btcturk: new (options: object) => {
    urls: { api: Record<string, string> };
    cancelOrder(id: string): Promise<unknown>;
  };
}

process.once('message', (task: CcxtTask) => {
  void cancelAll(task).then((answer) => process.send?.(answer));
});

const clock = () => performance.timeOrigin + performance.now();

async function cancelAll({ module, url, key, secret, orderIds }: CcxtTask): Promise<CcxtAnswer> {
  const { btcturk } = (await import(module)) as Ccxt;
  const exchange = new btcturk({ apiKey: key, secret, enableRateLimit: false });
  const base = `${url}/api/v1`;
  exchange.urls.api = { public: base, private: base };
  const answer: { called: number; resolved: number }[] = [];
  for (const id of orderIds) {
    const called = clock();
    await exchange.cancelOrder(id);
    answer.push({ called, resolved: clock() });
  }
  return answer;
}
