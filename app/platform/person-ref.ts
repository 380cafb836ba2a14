/** How a fact about something else (an order, a cart) names its person. Any part may be missing; all missing is nobody. */
export interface PersonRef {
  shopifyCustomerId: bigint | null;
  email: string | null;
  phone: string | null;
  firstName?: string | null;
  lastName?: string | null;
  locale?: string | null;
  country?: string | null;
  seenAt: Date;
}
