import { expect, it } from 'vitest';
import { readBulkOrder } from '~/ingest/bulk/read-order';
import { bulkOrder, money } from '../../factories/fake-admin-api';

const custom = (id: number, amount: string) => ({
  ...bulkOrder(5001, { amount }).at(-1),
  id: `gid://shopify/LineItem/${id}`,
  title: 'Something',
  product: null,
  discountAllocations: [],
});

function goodsOf(tips: string, lines: object[]): boolean[] {
  const [node, ...children] = bulkOrder(5001, { order: { totalTipReceivedSet: money(tips) } });
  const told = readBulkOrder({
    node: { ...node },
    children: [...children, ...lines].map((child) => ({ ...child })),
    endLine: 1,
  });
  return told.order.lines.map(({ isGiftCard }) => !isGiftCard);
}

it.each<[string, string, object[], boolean[]]>([
  ['no tip', '0.0', [custom(2, '3.0')], [true, true]],
  ['a tip', '3.0', [custom(2, '3.0')], [true, false]],
  [
    'a tip beside a sale of something without a product',
    '3.0',
    [custom(2, '9.0'), custom(3, '3.0')],
    [true, true, false],
  ],
  ['two tips', '5.0', [custom(2, '3.0'), custom(3, '2.0')], [true, false, false]],
])('an imported order with %s has that as no goods', (_what, tips, lines, expected) => {
  expect(goodsOf(tips, lines)).toEqual(expected);
});

it('an import that was begun before tips were asked for is read all the same', () => {
  const [node, ...children] = bulkOrder(5001);
  const { order } = readBulkOrder({
    node: { ...node },
    children: children.map((child) => ({ ...child })),
    endLine: 1,
  });
  expect(order.lines).toHaveLength(1);
});
