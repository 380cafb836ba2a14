export { applyConsentFacts } from './apply-consent-facts.server';
export { getConsent } from './get-consent.server';
export { unsubscribe } from './unsubscribe.server';
export { subscribe } from './subscribe.server';
export { suppress } from './suppress.server';
export { listSuppressed } from './list-suppressed.server';
export { checkRecipients } from './check-recipients.server';
export { mergeConsents } from './merge-consents.server';
