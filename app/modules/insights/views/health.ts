import type { ImportRun, Problems } from './home';
import type { ShopView } from './shared';

export interface WorkState {
  kind: 'deliveries' | 'flow_runs' | 'mails' | 'consent' | 'standings' | 'signals';
  waiting: number; // due now, counted up to a limit
  oldestDueAt: string | null;
}

export interface DeadDelivery {
  id: string;
  topic: string;
  receivedAt: string;
  attempts: number;
  error: string | null;
}

export interface TopicState {
  topic: string;
  lastReceivedAt: string;
  received: number; // among the last 5,000 deliveries
  pending: number;
  dead: number;
}

/** The nightly comparison of every balance with its postings. */
export interface LedgerAudit {
  checkedAt: string;
  accounts: number;
  drifted: number; // balances that are not the sum of their postings
  balanced: boolean; // all postings together are 0
}

export interface HealthPage {
  shop: ShopView;
  now: string;
  problems: Problems;
  work: WorkState[];
  dead: DeadDelivery[];
  topics: TopicState[];
  unknownMails: {
    id: string;
    templateKey: string;
    profileId: string;
    profileName: string | null;
    createdAt: string;
  }[];
  audit: LedgerAudit | null;
  imports: ImportRun[];
}
