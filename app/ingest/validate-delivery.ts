import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Refusal = { status: 400 | 401; reason: string };
export type Validation = { valid: true; headers: DeliveryHeaders } | ({ valid: false } & Refusal);

export interface DeliveryHeaders {
  topic: string;
  shopDomain: string;
  apiVersion: string;
  webhookId: string;
  eventId: string | null;
  triggeredAt: Date | null;
}

const maxHeaderLength = 255; // these become keys of an index, which has a limit
const years = { from: Date.UTC(2000, 0), to: Date.UTC(2200, 0) };

/**
 * Whether Shopify sent this, decided exactly as `shopify.webhooks.validate` of the library does (a test holds the two
 * together); the library's own way through its request abstraction costs several times what the insert costs.
 * The signature covers the body only: the headers are believed because the body is.
 */
export function validateDelivery(headers: IncomingHttpHeaders, body: Buffer, secret: string): Validation {
  if (body.length === 0) return refuse(400, 'No body was received');
  const signature = first(headers['x-shopify-hmac-sha256']);
  if (!signature) return refuse(400, 'Missing HMAC header');
  if (!isSignedBy(secret, body, signature)) return refuse(401, 'Could not validate the HMAC');
  const topic = first(headers['x-shopify-topic']);
  const shopDomain = first(headers['x-shopify-shop-domain']);
  const apiVersion = first(headers['x-shopify-api-version']);
  const webhookId = first(headers['x-shopify-webhook-id']);
  if (!topic || !shopDomain || !apiVersion || !webhookId)
    return refuse(400, 'Missing one or more of the required headers');
  if ([topic, shopDomain, apiVersion, webhookId].some((value) => value.length > maxHeaderLength))
    return refuse(400, 'A header is too long');
  return {
    valid: true,
    headers: {
      topic: topic.toLowerCase(),
      shopDomain: shopDomain.toLowerCase(),
      apiVersion,
      webhookId,
      eventId: first(headers['x-shopify-event-id'])?.slice(0, maxHeaderLength) ?? null,
      triggeredAt: readDate(first(headers['x-shopify-triggered-at'])),
    },
  };
}

/** Constant time in what the signature is; texts of another length are simply wrong. */
function isSignedBy(secret: string, body: Buffer, signature: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function readDate(text: string | undefined): Date | null {
  const time = text ? Date.parse(text) : NaN;
  return time >= years.from && time < years.to ? new Date(time) : null;
}

function refuse(status: Refusal['status'], reason: string): Validation {
  return { valid: false, status, reason };
}
