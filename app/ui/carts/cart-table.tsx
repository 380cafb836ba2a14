import { BlockStack, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { CartRow, ListPage } from '~/modules/insights/types';
import { CartStateBadge } from '../badges';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListColumn, type ListRow } from '../list-table';
import { useFormat } from '../shop-context';
import { CartItems } from './cart-items';

interface CartTableProps {
  page: ListPage<CartRow>;
  /** On the page of a customer, who it is about needs no column, but the state does. */
  ofOnePerson?: boolean;
  empty?: ReactNode;
}

export function CartTable({ page, ofOnePerson = false, empty }: CartTableProps) {
  const format = useFormat();
  const columns: [ListColumn, ...ListColumn[]] = [
    { title: ofOnePerson ? t('messages.column.status') : t('carts.column.customer') },
    { title: t('carts.column.items') },
    { title: t('carts.column.activity') },
    { title: t('carts.column.order') },
    { title: t('carts.column.amount'), alignment: 'end' },
  ];
  return (
    <ListTable
      resource={{ singular: t('carts.resource.one'), plural: t('carts.resource.many') }}
      columns={columns}
      rows={page.items.map((cart) => toRow(cart, format, ofOnePerson))}
      page={page}
      empty={empty}
    />
  );
}

function toRow(cart: CartRow, format: Format, ofOnePerson: boolean): ListRow {
  const who = ofOnePerson ? <CartStateBadge state={cart.state} /> : <Owner cart={cart} />;
  const amount = <Amount cart={cart} />;
  const order = cart.orderId && cart.orderName && (
    <Link url={`shopify:admin/orders/${cart.orderId}`} target="_top" removeUnderline>
      {cart.orderName}
    </Link>
  );
  return {
    id: cart.token,
    cells: [who, <CartItems key="items" cart={cart} />, format.dateTime(cart.lastActivityAt), order, amount],
    summary: (
      <BlockStack gap="100" inlineAlign="start">
        {who}
        <Text as="span" tone="subdued" variant="bodySm">
          {format.dateTime(cart.lastActivityAt)}
        </Text>
        <InlineStack gap="300">
          {amount}
          <CartItems cart={cart} />
          {order}
        </InlineStack>
      </BlockStack>
    ),
  };
}

function Owner({ cart }: { cart: CartRow }) {
  const name = cart.profileName ?? cart.email;
  if (!cart.profileId) return <Text as="span">{name ?? t('carts.nobody')}</Text>;
  return (
    <Link url={`/app/customers/${cart.profileId}`} removeUnderline>
      {name ?? t('common.unnamed')}
    </Link>
  );
}

/** In the shop's currency, and in the shopper's where it is another. What was won back counts for a recovered cart. */
function Amount({ cart }: { cart: CartRow }) {
  const format = useFormat();
  const foreign = cart.presentmentCurrency !== format.currency;
  return (
    <BlockStack>
      <Text as="span" numeric>
        {format.money(cart.recoveredAmount ?? cart.total)}
      </Text>
      {foreign && (
        <Text as="span" tone="subdued" variant="bodySm" numeric>
          {format.money(cart.presentmentTotal, cart.presentmentCurrency)}
        </Text>
      )}
    </BlockStack>
  );
}
