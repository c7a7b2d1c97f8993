import type { Operation } from './operation.ts';

export interface RateRule {
  readonly operations: readonly Operation[];
  readonly max: number;
  readonly periodMs: number;
  /** A leaking bucket: so much of the count goes in a second, and `periodMs` empties it. What is refused is not counted. */
  readonly leak?: number;
  /** How long all is refused once the window is exceeded; by default the rest of the window. */
  readonly blockMs?: number;
  /** Whose requests are counted together. */
  readonly policy: 'account' | 'ip';
}

export interface Refusal {
  /** Undefined where an operation without a rule was blocked on demand. */
  readonly rule: RateRule | undefined;
  readonly retryAfterMs: number;
}

interface Window {
  startedAt: number;
  count: number;
  blockedUntil: number;
}

/**
 * Counts requests in fixed windows that start at the first request (docs.btcturk.com/rate-limits: "window starts at
 * the first request"). Requests refused during a block do not lengthen it.
 */
export class RateLimits {
  enabled: boolean;
  rules: readonly RateRule[];
  readonly #now: () => number;
  #windows = new Map<RateRule, Map<string, Window>>();
  readonly #blocks = new Map<Operation, number>();

  constructor(
    rules: readonly RateRule[],
    enabled = true,
    /** Whole ms: fractions would turn a block of one second into a Retry-After of 2. */
    now: () => number = () => Math.floor(performance.now()),
  ) {
    this.rules = rules;
    this.enabled = enabled;
    this.#now = now;
  }

  /** Counts the request, as so many where they have weights; the refusal that lasts longest, if any. */
  check(
    operation: Operation,
    subject: Record<RateRule['policy'], string>,
    weight = 1,
  ): Refusal | undefined {
    const now = this.#now();
    const rules = this.rules.filter(({ operations }) => operations.includes(operation));
    const blockedMs = (this.#blocks.get(operation) ?? 0) - now;
    if (blockedMs > 0) return { rule: rules[0], retryAfterMs: blockedMs };
    if (!this.enabled) return undefined;
    return rules
      .map((rule) => ({ rule, retryAfterMs: this.#count(rule, subject[rule.policy], weight, now) }))
      .filter(({ retryAfterMs }) => retryAfterMs > 0)
      .toSorted((a, b) => b.retryAfterMs - a.retryAfterMs)[0];
  }

  /** How much has been counted in the rule's present window. */
  counted(rule: RateRule, subject: Record<RateRule['policy'], string>): number {
    const window = this.#windows.get(rule)?.get(subject[rule.policy]);
    return window && this.#now() < window.startedAt + rule.periodMs ? window.count : 0;
  }

  /** Takes back what a request has been counted as: some venues count those alone that come to nothing. */
  giveBack(operation: Operation, subject: Record<RateRule['policy'], string>, weight = 1): void {
    for (const rule of this.rules) {
      if (!rule.operations.includes(operation)) continue;
      const window = this.#windows.get(rule)?.get(subject[rule.policy]);
      if (window) window.count = Math.max(0, window.count - weight);
    }
  }

  /** Refuses this operation from now on, for so long, also where counting is off. */
  block(operation: Operation, ms: number): void {
    this.#blocks.set(operation, this.#now() + ms);
  }

  /** Forgets all counts and blocks. */
  reset(): void {
    this.#windows = new Map();
    this.#blocks.clear();
  }

  #count(rule: RateRule, subject: string, weight: number, now: number): number {
    const windows = this.#windows.get(rule) ?? new Map<string, Window>();
    this.#windows.set(rule, windows);
    let window = windows.get(subject);
    if (window && window.blockedUntil > now) return window.blockedUntil - now;
    if (rule.leak !== undefined) return leak(windows, rule, subject, weight, now);
    if (!window || window.blockedUntil > 0 || now >= window.startedAt + rule.periodMs)
      window = { startedAt: now, count: 0, blockedUntil: 0 };
    windows.set(subject, window);
    window.count += weight;
    if (window.count <= rule.max) return 0;
    window.blockedUntil =
      rule.blockMs === undefined ? window.startedAt + rule.periodMs : now + rule.blockMs;
    return window.blockedUntil - now;
  }
}

/** Counts by a leaking bucket; how long until there is room, where there is none. */
function leak(
  windows: Map<string, Window>,
  { leak: perSecond = 0, max }: RateRule,
  subject: string,
  weight: number,
  now: number,
): number {
  const { startedAt, count } = windows.get(subject) ?? { startedAt: now, count: 0 };
  const level = Math.max(0, count - ((now - startedAt) / 1000) * perSecond);
  const tooMuch = level + weight - max;
  const isTaken = tooMuch <= 0;
  windows.set(subject, {
    startedAt: now,
    count: isTaken ? level + weight : level,
    blockedUntil: 0,
  });
  return isTaken ? 0 : (tooMuch / perSecond) * 1000;
}
