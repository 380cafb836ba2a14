export function productPayload(
  input: { id?: string; title?: string; updatedAt?: string; overrides?: Record<string, unknown> } = {},
): Record<string, unknown> {
  const id = input.id ?? '301';
  return {
    id: Number(id),
    admin_graphql_api_id: `gid://shopify/Product/${id}`,
    title: input.title ?? 'Linen shirt',
    handle: 'linen-shirt',
    product_type: 'Shirts',
    vendor: 'Nordlys',
    status: 'active',
    tags: 'linen, summer',
    image: { id: 1, src: 'https://cdn.example/shirt.jpg' },
    images: [
      { id: 1, src: 'https://cdn.example/shirt.jpg' },
      { id: 2, src: 'https://cdn.example/shirt-blue.jpg' },
    ],
    variants: [
      {
        id: 401,
        admin_graphql_api_id: 'gid://shopify/ProductVariant/401',
        title: 'M',
        sku: 'SHIRT-M',
        price: '49.00',
        image_id: null,
      },
      {
        id: 402,
        admin_graphql_api_id: 'gid://shopify/ProductVariant/402',
        title: 'M / blue',
        sku: null,
        price: '49.00',
        image_id: 2,
      },
    ],
    updated_at: input.updatedAt ?? '2026-05-01T10:00:00+02:00',
    ...input.overrides,
  };
}
