import type { Tx } from '~/platform/db/index.server';
import { findLedgerAudit } from './find-ledger-audit.server';
import { getProblems } from './get-problems.server';
import { getShopView } from './get-shop-view.server';
import { getWorkState } from './get-work-state.server';
import { iso } from './iso';
import { listDeadDeliveries } from './list-dead-deliveries.server';
import { listImportRuns } from './list-import-runs.server';
import { listTopics } from './list-topics.server';
import { listUnknownMails } from './list-unknown-mails.server';
import type { HealthPage } from './types';

export async function getHealthPage(tx: Tx, input: { shopId: number; now: Date }): Promise<HealthPage> {
  const { shopId, now } = input;
  const shop = await getShopView(tx, { shopId });
  const shopDomain = shop.domain;
  return {
    shop,
    now: iso(now),
    problems: await getProblems(tx, { shopId, shopDomain, now }),
    work: await getWorkState(tx, { shopId, shopDomain, now }),
    dead: await listDeadDeliveries(tx, { shopDomain, limit: 50 }),
    topics: await listTopics(tx, { shopDomain }),
    unknownMails: await listUnknownMails(tx, { shopId, limit: 50 }),
    audit: await findLedgerAudit(tx, { shopId }),
    imports: await listImportRuns(tx, { shopId, runningOnly: false, limit: 10 }),
  };
}
