import type { Usage } from './limits.ts';

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `readUsage` of those who answer as Binance does: `X-MBX-USED-WEIGHT-1M: 41`, one for each interval. */
export function readUsedWeight(headers: Headers): Usage[] {
  return [...headers].flatMap(([name, value]) => {
    const [, count, letter = ''] = /^x-mbx-used-weight-(\d+)([smhd])$/.exec(name) ?? [];
    const unit = units[letter];
    return unit !== undefined && /^\d+$/.test(value)
      ? [{ per: Number(count) * unit, used: Number(value) }]
      : [];
  });
}
