/** What the headers of a delivery tell beyond its payload. */
export interface DeliveryContext {
  shopDomain: string;
  topic: string;
  webhookId: string;
  /** When the thing happened: Shopify's own time when it was sent along, else when the delivery came. */
  triggeredAt: Date;
}
