// What a month's use costs. Pure.

import { type Meter, prices, SUBSCRIPTION_DOLLARS } from './prices.ts';

/** How much is used in a month of everything that is metered, in the units of the prices. */
export type Usage = Readonly<Record<Meter, number>>;

export interface BillLine {
  readonly meter: Meter;
  readonly label: string;
  readonly used: number;
  readonly included: number;
  readonly dollars: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  /** All lines and the plan. */
  readonly dollars: number;
}

const meters = Object.keys(prices).filter((name): name is Meter => name in prices);

/** A begun million or gigabyte counts by its part, where Cloudflare rounds some up: a few dollars at most. */
export function billOf(usage: Usage): Bill {
  const lines = meters.map((meter) => {
    const { label, included, per, dollars } = prices[meter];
    const used = usage[meter];
    return { meter, label, used, included, dollars: (Math.max(0, used - included) / per) * dollars };
  });
  return { lines, dollars: lines.reduce((sum, line) => sum + line.dollars, SUBSCRIPTION_DOLLARS) };
}

/** What it costs where all that is included is used up. */
export function marginalDollars(usage: Usage): number {
  return meters.reduce((sum, meter) => sum + (usage[meter] / prices[meter].per) * prices[meter].dollars, 0);
}
