import { createMessages } from '~/modules/messaging/index.server';
import type { NewMessage } from '~/modules/messaging/types';
import { prisma, withShop } from '~/platform/db/index.server';

export const mailTime = new Date('2026-05-04T10:00:00Z');

let counter = 0;
const next = () => (counter += 1);

/** An active shop with a sender and a postal address. */
export async function createMailShop(overrides: { status?: string; locale?: string } = {}): Promise<number> {
  const shop = await prisma().shop.create({
    data: {
      domain: `fern-${next()}.myshopify.com`,
      status: overrides.status ?? 'active',
      name: 'Fern & Field',
      email: 'owner@fern.example',
      currency: 'EUR',
      locale: overrides.locale ?? 'en',
      storefrontUrl: 'https://fern.example',
      installedAt: mailTime,
      updatedAt: mailTime,
    },
  });
  await withShop(shop.id, (tx) =>
    tx.shopSettings.create({
      data: {
        shopId: shop.id,
        senderName: 'Fern & Field',
        postalAddress: '12 Garden Lane, Bristol',
        updatedAt: mailTime,
      },
    }),
  );
  return shop.id;
}

interface RecipientOptions {
  email?: string | null;
  firstName?: string | null;
  locale?: string | null;
  state?: string | null;
  shopifyCustomerId?: bigint | null;
  points?: number;
}

/** A person who may get marketing mail, unless told otherwise. */
export async function createRecipient(shopId: number, options: RecipientOptions = {}): Promise<bigint> {
  const email = options.email === undefined ? `person${next()}@mail.example` : options.email;
  return withShop(shopId, async (tx) => {
    const profile = await tx.profile.create({
      data: {
        shopId,
        email,
        firstName: options.firstName === undefined ? 'Robin' : options.firstName,
        locale: options.locale ?? null,
        shopifyCustomerId: options.shopifyCustomerId ?? null,
        firstSeenAt: mailTime,
        traits: { create: { pointsBalance: options.points ?? 0 } },
      },
    });
    const state = options.state === undefined ? 'subscribed' : options.state;
    if (state) {
      await tx.consent.create({
        data: {
          shopId,
          profileId: profile.id,
          channel: 'email',
          state,
          source: 'shopify',
          consentedAt: new Date('2026-01-01T00:00:00Z'),
        },
      });
    }
    return profile.id;
  });
}

/** An abandoned checkout with two products. */
export async function createMailCart(
  shopId: number,
  overrides: { state?: string; recoveryUrl?: string | null; title?: string } = {},
): Promise<string> {
  const token = `cart-${next()}`;
  await withShop(shopId, (tx) =>
    tx.cart.create({
      data: {
        shopId,
        token,
        kind: 'checkout',
        publicId: `public-${token}`,
        currency: 'EUR',
        presentmentCurrency: 'EUR',
        total: '1234.50',
        presentmentTotal: '1234.50',
        recoveryUrl:
          overrides.recoveryUrl === undefined
            ? `https://fern.example/checkouts/${token}/recover?key=abc`
            : overrides.recoveryUrl,
        state: overrides.state ?? 'abandoned',
        lines: [
          {
            variantId: '1',
            productId: '1',
            title: overrides.title ?? 'Linen shirt',
            variantTitle: 'Sand / M',
            quantity: 2,
            price: '617.25',
            imageUrl: 'https://cdn.shopify.com/s/shirt.png',
          },
          {
            variantId: '2',
            productId: '2',
            title: 'Sticker',
            variantTitle: null,
            quantity: 1,
            price: '0',
            imageUrl: null,
          },
        ],
        startedAt: mailTime,
        lastActivityAt: mailTime,
      },
    }),
  );
  return token;
}

/** A queued marketing mail. */
export async function queueMail(
  shopId: number,
  profileId: bigint,
  overrides: Partial<NewMessage> = {},
): Promise<bigint> {
  const { ids } = await withShop(shopId, (tx) =>
    createMessages(tx, {
      shopId,
      messages: [
        {
          dedupeKey: `run-${next()}:send`,
          profileId,
          kind: 'marketing',
          flowKey: 'win_back',
          nodeKey: 'send',
          templateKey: 'win_back',
          vars: {},
          ...overrides,
        },
      ],
      now: mailTime,
    }),
  );
  return ids[0]!;
}

/** Many people with consent and a queued mail each, in one transaction. Returns the ids of the mails. */
export async function queueMany(shopId: number, count: number): Promise<bigint[]> {
  return withShop(shopId, async (tx) => {
    const people = await tx.profile.createManyAndReturn({
      data: Array.from({ length: count }, () => ({
        shopId,
        email: `person${next()}@mail.example`,
        firstSeenAt: mailTime,
      })),
    });
    await tx.consent.createMany({
      data: people.map(({ id }) => ({
        shopId,
        profileId: id,
        channel: 'email',
        state: 'subscribed',
        source: 'shopify',
        consentedAt: mailTime,
      })),
    });
    const messages = people.map(({ id }) => ({
      dedupeKey: `run-${next()}:send`,
      profileId: id,
      kind: 'marketing' as const,
      templateKey: 'win_back' as const,
      vars: {},
    }));
    return (await createMessages(tx, { shopId, messages, now: mailTime })).ids;
  });
}
