/** The person a compliance request is about; any part may be missing: Shopify may send no more than an e-mail address. */
export interface DataSubject {
  shopifyCustomerId: bigint | null;
  email: string | null; // normalised
  phone: string | null; // E.164
}

/** customers/data_request: a person wants to see what is held on them. */
export interface DataRequestFact {
  key: string; // Shopify's request id, or the delivery's id: the same request may be told twice
  subject: DataSubject;
  orderIds: bigint[];
  requestedAt: Date;
}

/** customers/redact: a person is to be forgotten. */
export type CustomerRedactFact = DataRequestFact;

/** shop/redact: 48 hours after the app was removed, everything of the shop has to go. */
export interface ShopRedactFact {
  key: string;
  requestedAt: Date;
}

export type PrivacyRequestKind = 'data_request' | 'customer_redact' | 'shop_redact';
