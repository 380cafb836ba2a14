import type { RouteTries } from './try';

/** Routes that are not tried here, and why. */
export const openRoutes: Record<string, RouteTries> = {
  '_index.tsx': { open: 'a page without data' },
  'auth.$.tsx': { open: "Shopify's library answers" },
  'dev.clock.ts': { open: 'development only, signed' },
  'mail-reports.ts': { open: 'the installation’s token; a mail’s own random token names its shop' },
  'health.ts': { open: 'figures of the installation' },
  'proxy.r.$code.tsx': {
    open: 'the shop is the one Shopify signed; tests/http/referral-page.test.ts tries others',
  },
  'proxy.visit.ts': { open: 'the shop is the one Shopify signed; tried in proxy-visit.test.ts' },
  'r.$token.tsx': { open: 'whoever has the token of a mail may follow its link' },
  'api.earn.ts': { open: 'signed by a key of the shop; tried in earn-api.test.ts' },
  'api.flow.points.ts': { open: 'the shop is the one Shopify signed; tried in flow-calls.test.ts' },
  'api.flow.referral-code.ts': { open: 'the shop is the one Shopify signed; tried in flow-calls.test.ts' },
  'api.flow.usage.ts': { open: 'the shop is the one Shopify signed; tried in flow-calls.test.ts' },
  'a.$code.tsx': { open: 'whoever has the link of an affiliate may follow it' },
  'partners.$token.tsx': { open: 'anybody may apply; tried in affiliates-portal.test.ts' },
  'portal.enter.$link.tsx': { open: 'whoever has the link of a mail; tried in affiliates-portal.test.ts' },
  'portal._index.tsx': { open: 'by a session of its own; tried in affiliates-portal.test.ts' },
  'portal.statements.$month.tsx': { open: 'by a session of its own; tried in affiliates-portal.test.ts' },
  'portal.$list.tsx': { open: 'by a session of its own; tried in portal-lists.test.ts' },
  'unsubscribe.$token.tsx': { open: 'whoever has the token of a mail may unsubscribe' },
  'api.shopper.order.ts': {
    open: 'a signed-in shopper, by token alone: tests/http/shopper-account.test.ts tries the orders of others',
  },
  'api.shopper.account.ts': {
    open: 'a signed-in shopper, by token alone: tests/http/shopper-account.test.ts tries the same customer in another shop',
  },
  'proxy.loyalty.ts': {
    open: 'signed by Shopify for a shop and a customer: tests/http/proxy-loyalty.test.ts tries those of another',
  },
  'api.shopper.birthday.ts': {
    open: 'a signed-in shopper, by token alone: tests/http/shopper-birthday.test.ts tries the same customer in another shop',
  },
  'app.scopes.ts': {
    open: 'takes nothing from whoever asks: Shopify says what the shop of the token allows',
  },
  'proxy.redeem.ts': {
    open: 'signed by Shopify for a shop and a customer: tests/http/proxy-redeem.test.ts tries the rewards of another shop',
  },
  'api.shopper.redeem.ts': {
    open: 'a preflight, and a command of a signed-in shopper: tests/http/shopper-redeem.test.ts tries the rewards of another shop',
  },
};
