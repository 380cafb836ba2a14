// What the pages of the admin show. Ready for JSON: ids are strings, amounts decimal strings in shop currency, times ISO.

export * from './views/shared';
export * from './views/affiliates';
export * from './views/home';
export * from './views/customers';
export * from './views/carts';
export * from './views/choices';
export * from './views/flows';
export * from './views/loyalty';
export * from './views/messages';
export * from './views/health';
export * from './views/referrals';
export * from './views/privacy';
