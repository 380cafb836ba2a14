/** One webhook as it arrived: the headers that matter and the body as text. */
export interface Delivery {
  shopDomain: string;
  webhookId: string; // unique per delivery; a redelivery carries the same
  eventId: string | null;
  topic: string;
  apiVersion: string;
  triggeredAt: Date | null;
  receivedAt: Date;
  body: Buffer; // valid UTF-8 without NUL
}
