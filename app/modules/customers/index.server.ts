export { applyCustomerFacts } from './apply-customer-facts.server';
export { applyCustomerTags } from './apply-customer-tags.server';
export { tombstoneOf } from './find-forgotten.server';
export { lockPeople } from './lock-people.server';
export { mergeCustomers } from './merge-customers.server';
export { recomputeTraits } from './recompute-traits.server';
export { recordTimeline } from './record-timeline.server';
export { resolveProfiles } from './resolve-profiles.server';
export { takeRepoints, type Repoints } from './take-repoints.server';
