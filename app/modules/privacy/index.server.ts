export { carryOutDataRequests } from './carry-out-data-requests.server';
export { carryOutRedactions } from './carry-out-redactions.server';
export { carryOutShopRedactions } from './carry-out-shop-redactions.server';
export { deleteSessions } from './delete-sessions.server';
export { sweepPrivacy } from './sweep-privacy.server';
export { listShopsToSweep } from './list-shops-to-sweep.server';
