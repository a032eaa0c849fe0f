// What Cloudflare charges on the Workers Paid plan, and what is included, each month. In US dollars.

/** Where the prices stand, and when they were read there. */
export const pricePages = {
  readOn: '2026-11-21',
  pages: [
    'https://developers.cloudflare.com/workers/platform/pricing/',
    'https://developers.cloudflare.com/durable-objects/platform/pricing/',
    'https://developers.cloudflare.com/r2/pricing/',
    // What logs cost from December 2026 on.
    'https://developers.cloudflare.com/observability/pricing/',
  ],
} as const;

/** What the plan itself costs. */
export const SUBSCRIPTION_DOLLARS = 5;

interface Price {
  readonly label: string;
  /** In units. */
  readonly included: number;
  /** For so many units. */
  readonly per: number;
  readonly dollars: number;
}

const MILLION = 1_000_000;

/** Everything that is metered. */
export const prices = {
  requests: { label: 'Worker requests', included: 10 * MILLION, per: MILLION, dollars: 0.3 },
  cpuMs: { label: 'Worker CPU, ms', included: 30 * MILLION, per: MILLION, dollars: 0.02 },
  objectRequests: { label: 'Durable Object requests', included: MILLION, per: MILLION, dollars: 0.15 },
  objectGbSeconds: { label: 'Durable Object duration, GB-s', included: 400_000, per: MILLION, dollars: 12.5 },
  rowsRead: { label: 'Rows read', included: 25_000 * MILLION, per: MILLION, dollars: 0.001 },
  rowsWritten: { label: 'Rows written', included: 50 * MILLION, per: MILLION, dollars: 1 },
  storedGb: { label: 'Stacks stored, GB', included: 5, per: 1, dollars: 0.2 },
  archiveWrites: { label: 'R2 writes and lists (class A)', included: MILLION, per: MILLION, dollars: 4.5 },
  archiveReads: { label: 'R2 reads (class B)', included: 10 * MILLION, per: MILLION, dollars: 0.36 },
  archivedGb: { label: 'Archive stored, GB', included: 10, per: 1, dollars: 0.015 },
  logGb: { label: 'Logs, GB', included: 50, per: 1, dollars: 0.25 },
  keptLogGb: { label: 'Logs kept, GB', included: 12, per: 1, dollars: 0.1 },
} as const satisfies Readonly<Record<string, Price>>;

export type Meter = keyof typeof prices;

/** Memory that a Durable Object is charged for, whatever it uses. */
export const OBJECT_GB = 0.128;
