/** Whom a compliance request is about. Any part may be missing: Shopify may send no more than an e-mail address. */
interface PersonFact {
  key: string; // Shopify's request id, or the delivery's id: the same request may be told twice
  shopifyCustomerId: bigint | null;
  email: string | null; // normalised
  phone: string | null; // E.164
  orderIds: bigint[];
  requestedAt: Date;
}

/** customers/data_request: a person wants to see what is held on them. */
export type DataRequestFact = PersonFact;

/** customers/redact: a person is to be forgotten. */
export type CustomerRedactFact = PersonFact;

/** shop/redact: 48 hours after the app was removed, everything of the shop has to go. */
export interface ShopRedactFact {
  key: string;
  requestedAt: Date;
}

export type PrivacyRequestKind = 'data_request' | 'customer_redact';

/** A compliance request, for the merchant's list. */
export interface PrivacyRequestSummary {
  id: string;
  kind: PrivacyRequestKind;
  status: 'open' | 'done';
  customerId: string | null; // Shopify's; gone once the person is forgotten
  requestedAt: Date;
  dueAt: Date; // by law and by Shopify's terms: 30 days after the request
  finishedAt: Date | null;
  exportUntil: Date | null; // the export can be downloaded until then; null when there is none
}
