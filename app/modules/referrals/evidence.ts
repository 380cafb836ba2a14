import { z } from 'zod';
import { canonicalEmail } from '~/platform/mailbox';
import { areAlike, isDisposable } from './addresses';

export const evidenceKinds = [
  'same_person', // one and the same profile
  'same_email', // one mailbox, however it is written
  'same_phone',
  'same_address',
  'existing_customer', // had bought before the claim, also before the app was there
  'already_referred',
  'same_door', // a parcel went where one of an earlier friend of this advocate went to
  'same_device', // network and browser
  'similar_email',
  'same_name',
  'disposable_email',
  'other_buyer', // the code was used by somebody who did not claim it
  'many_from_network',
  'burst', // claims of one link at once
  'leaked', // claims of one link from many unrelated networks in a day
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Something that speaks against a referral. An exact match blocks, likeness holds it for the merchant. */
export const evidenceSchema = z.object({
  kind: z.enum(evidenceKinds),
  level: z.enum(['block', 'hold']),
  count: z.number().int().optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What is known of a person who takes part. Hashes are keyed, so that equal ones are equal and say nothing else. */
export interface Participant {
  profileId: bigint;
  emails: string[];
  phones: string[];
  firstName: string | null;
  lastName: string | null;
  addressHashes: string[];
  deviceHashes: string[];
}

export interface EvidenceFacts {
  advocate: Participant;
  /** Who claimed, and who placed the order when that is somebody else. */
  friends: Participant[];
  firstOrderOnly: boolean;
  boughtBefore: boolean;
  referredBefore: boolean;
  knownDoor: boolean; // of a friend whom this advocate brought before
  /** Claims around this one, itself included. */
  claimsFromNetwork: number; // of 30 days
  claimsInHour: number; // of the advocate
  networksInDay: number; // of the advocate's claims, unrelated ones
}

/** From how many on it is suspicious. */
export const limits = { claimsFromNetwork: 3, claimsInHour: 6, networksInDay: 15 };

/** Everything that speaks against a referral, of what is known: a pure function, so it doesn't matter what was told first. */
export function judgeReferral(facts: EvidenceFacts): Evidence[] {
  return [...exactMatches(facts), ...likenesses(facts), ...crowds(facts)];
}

function exactMatches({ advocate, friends, ...facts }: EvidenceFacts): Evidence[] {
  const any = (test: (friend: Participant) => boolean): boolean => friends.some(test);
  const found: [EvidenceKind, boolean][] = [
    ['same_person', any(({ profileId }) => profileId === advocate.profileId)],
    [
      'same_email',
      any((friend) => meet(friend.emails.map(canonicalEmail), advocate.emails.map(canonicalEmail))),
    ],
    ['same_phone', any((friend) => meet(friend.phones, advocate.phones))],
    ['same_address', any((friend) => meet(friend.addressHashes, advocate.addressHashes))],
    ['existing_customer', facts.firstOrderOnly && facts.boughtBefore],
    ['already_referred', facts.referredBefore],
  ];
  return found.flatMap(([kind, holds]) => (holds ? [{ kind, level: 'block' as const }] : []));
}

function likenesses({ advocate, friends, knownDoor }: EvidenceFacts): Evidence[] {
  const any = (test: (friend: Participant) => boolean): boolean => friends.some(test);
  const found: [EvidenceKind, boolean][] = [
    ['same_door', knownDoor],
    ['same_device', any((friend) => meet(friend.deviceHashes, advocate.deviceHashes))],
    [
      'similar_email',
      any((friend) => friend.emails.some((email) => advocate.emails.some((own) => areAlike(email, own)))),
    ],
    ['same_name', any((friend) => nameOf(friend) !== null && nameOf(friend) === nameOf(advocate))],
    ['disposable_email', any((friend) => friend.emails.some(isDisposable))],
    ['other_buyer', friends.length > 1],
  ];
  return found.flatMap(([kind, holds]) => (holds ? [{ kind, level: 'hold' as const }] : []));
}

function crowds(facts: EvidenceFacts): Evidence[] {
  const found: [EvidenceKind, number, number][] = [
    ['many_from_network', facts.claimsFromNetwork, limits.claimsFromNetwork],
    ['burst', facts.claimsInHour, limits.claimsInHour],
    ['leaked', facts.networksInDay, limits.networksInDay],
  ];
  return found.flatMap(([kind, count, limit]) =>
    count >= limit ? [{ kind, level: 'hold' as const, count }] : [],
  );
}

function meet(these: string[], those: string[]): boolean {
  return these.some((value) => those.includes(value));
}

function nameOf({ firstName, lastName }: Participant): string | null {
  const name = [firstName, lastName].map((part) => part?.trim().toLowerCase() ?? '');
  return name.every((part) => part !== '') ? name.join(' ') : null;
}
