import type { ListPage, ShopView } from './shared';

export interface FlowSummary {
  key: string;
  enabled: boolean;
  enabledAt: string | null;
  running: number; // waiting now
  entered: number; // last 30 days
  sent: number; // last 30 days
  orders: number; // attributed, last 30 days
  revenue: string; // attributed, last 30 days
}

export interface FlowsPage {
  shop: ShopView;
  senderReady: boolean; // name and postal address are there; the law asks for them in every mail
  flows: FlowSummary[];
}

export interface FlowStepCounts {
  nodeKey: string;
  waiting: number;
  sent: number;
  withheld: number; // mails that were not sent, and decisions against one
  clicked: number;
  orders: number;
  revenue: string;
}

export interface FlowRunRow {
  id: string;
  profileId: string;
  profileName: string | null;
  state: string;
  nodeKey: string;
  dueAt: string | null;
  holdout: boolean;
  error: string | null;
  enteredAt: string;
  finishedAt: string | null;
  exitReason: string | null;
  mails: number;
}

export interface FlowPage {
  shop: ShopView;
  senderReady: boolean;
  hasGround: boolean; // false: nobody can ever enter as the programme is
  flow: FlowSummary & { version: number };
  steps: FlowStepCounts[];
  runs: ListPage<FlowRunRow>;
}
