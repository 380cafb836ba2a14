import type { Bench } from './figure';

/** The benchmarks that also run by themselves, as figures of the report. */
export const webhooks: Bench = async ({ databaseUrl }) => {
  const { benchWebhooks } = await import('./webhooks');
  const { bare, ours, p99Ms } = await benchWebhooks(databaseUrl);
  const of = { name: 'bare server', value: bare };
  return [
    { name: 'durable webhook answers', value: ours / bare, unit: 'x bare', budget: { atLeast: 1 } },
    { name: 'durable webhook answers', value: ours, unit: 'answers/s', of },
    { name: 'durable webhook answers, p99', value: p99Ms, unit: 'ms', note: '64 connections' },
  ];
};

export const ledger: Bench = async ({ databaseUrl }) => {
  const { benchLedger } = await import('./ledger');
  const { single, singleManyShops, batched } = await benchLedger(databaseUrl);
  const of = { name: 'one by one', value: single };
  return [
    {
      name: 'ledger, one by one in one shop',
      value: single,
      unit: 'transactions/s',
      budget: { atLeast: 2_000 },
    },
    { name: 'ledger, one by one in ten shops', value: singleManyShops, unit: 'transactions/s', of },
    {
      name: 'ledger, batches of 500',
      value: batched,
      unit: 'transactions/s',
      budget: { atLeast: 8_000 },
      of,
    },
  ];
};
