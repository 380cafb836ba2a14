import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { nanoid } from 'nanoid';
import { env } from './env.server';

const version = 'v1';

function key(): Buffer {
  return Buffer.from(env().ENCRYPTION_KEY, 'base64');
}

/** AES-256-GCM; the result carries version, nonce and tag: `v1.<base64url>`. */
export function encrypt(plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce);
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${sealed.toString('base64url')}`;
}

/** The inverse of `encrypt`. Throws when the text was changed or sealed with another key. */
export function decrypt(sealed: string): string {
  const [tag, body] = sealed.split('.');
  if (tag !== version || !body) throw new Error('not a sealed text of a known version');
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}

/** A keyed hash for looking up personal data that itself must not be kept (suppressions after erasure). */
export function keyedHash(text: string): string {
  return createHmac('sha256', key()).update(text).digest('base64url');
}

/** SHA-256 as base64url, for comparing inputs; not for personal data. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

export function hmacHex(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** As Shopify signs bodies. */
export function hmacBase64(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

/** Compares in constant time; texts of unequal length are simply unequal. */
export function safeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** 128 random bits and more, safe in URLs: for anything a stranger can see. */
export function randomToken(): string {
  return nanoid(24);
}
