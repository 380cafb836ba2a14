import type { ShopView } from './shared';

export const figureNames = ['netRevenue', 'orders', 'recovered', 'mailsSent', 'pointsEarned'] as const;
export type FigureName = (typeof figureNames)[number];

export interface Figure {
  name: FigureName;
  total: string; // last 30 days
  previous: string; // the 30 days before
  days: { day: string; value: string }[]; // 30 shop-local days, oldest first; `day` is YYYY-MM-DD
}

export type ImportState = 'none' | 'running' | 'done' | 'failed';

/** What the set-up guide can tell from the data; the checkout block is only known to the browser. */
export interface SetupGuide {
  dismissed: boolean;
  import: ImportState;
  sender: boolean;
  earnRule: boolean;
  flow: boolean;
  testMail: boolean;
}

export interface ImportRun {
  id: string;
  kind: string;
  reason: string;
  status: string;
  totalObjects: number;
  ingestedLines: number;
  error: string | null;
  startedAt: string;
  finishedAt: string | null;
}

export interface Problems {
  deadDeliveries: number;
  unknownMails: number;
  failedMails: number;
  failedImports: number;
  brokenLedger: number; // 1 when the nightly check found that it does not add up
}

export interface TimelineEntry {
  id: string;
  kind: string;
  occurredAt: string;
  data: Record<string, string | number | boolean | null>;
}

export interface ActivityEntry extends TimelineEntry {
  profileId: string;
  profileName: string | null;
}

export interface HomePage {
  shop: ShopView;
  setup: SetupGuide;
  imports: ImportRun[]; // running now
  problems: Problems;
  activity: ActivityEntry[];
}
