import { expect, it } from 'vitest';
import { readRefundNode } from '~/ingest/bulk/read-order';
import { operations } from '~/platform/shopify/index.server';
import { money, refundNode } from '../../factories/fake-admin-api';

it('a refund whose money is on its way is imported as its webhook tells it: the discrepancies cancel out', () => {
  const adjustments = [
    { reason: 'REFUND_DISCREPANCY', amountSet: money('71.39') },
    { reason: 'PENDING_REFUND_DISCREPANCY', amountSet: money('-71.39') },
    { reason: null, amountSet: money('-4.9') },
  ];
  const told = {
    ...refundNode('gid://shopify/Refund/77', 5001, '71.39'),
    orderAdjustments: { nodes: adjustments },
  };
  const [node] = operations.refundDetails.result.parse({ nodes: [told] }).nodes;
  if (!node || !('refundLineItems' in node)) throw new Error('no refund');
  expect(readRefundNode(node)).toMatchObject({ shipping: '4.9', adjustments: '0' });
});
