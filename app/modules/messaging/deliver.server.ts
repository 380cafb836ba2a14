import { nanoid } from 'nanoid';
import { fillTemplate, type Filled } from '~/emails/fill-template.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { sendMail, type OutgoingMail } from '~/platform/mail/transport.server';
import type { MailOutcome } from '~/platform/mail/outcome';
import type { ClaimedMessage } from './claim-messages.server';
import { composeMail, messageIdOf, type Sender } from './compose-mail';
import { handOver } from './hand-over.server';
import { varsToKeep } from './mail-vars';
import { mailHash } from './mail-hash.server';
import {
  prepareBatch,
  type FindEnded,
  type LoadCarts,
  type LoadLoyalty,
  type LoadReferrals,
  type PreparedBatch,
  type PreparedMessage,
} from './prepare-batch.server';
import { recordResults, type MessageResult } from './record-results.server';
import { markTest } from './mark-test';
import { putOffResult, resultOf, withheldResult } from './results';
import type { DeliveryOutcome, RenderedMail, WithheldReason } from './types';
import { withholdQueued } from './withhold-queued.server';

/** What delivery needs from other modules; a process gives it. Each runs in the transaction of the step it belongs to. */
export interface DeliverySteps {
  loadCarts: LoadCarts;
  loadLoyalty: LoadLoyalty;
  loadReferrals: LoadReferrals;
  /** Asked about mails that come late only: their people may have ordered since. */
  findEnded: FindEnded;
  /** Asked in the transaction that marks the hand-over: the last moment. The answers in the order of the recipients. */
  checkRecipients: (
    tx: Tx,
    input: { shopId: number; recipients: { profileId: bigint; email: string | null }[] },
  ) => Promise<('ok' | 'no_email' | 'not_subscribed' | 'suppressed')[]>;
  noteOutcomes: (tx: Tx, input: { shopId: number; outcomes: DeliveryOutcome[]; now: Date }) => Promise<void>;
}

export interface DeliveryInput {
  shopId: number;
  now: () => Date;
  /** The machine's time, which leases follow; the clock of the rules may be moved. */
  realNow: () => Date;
  steps: DeliverySteps;
  send?: (mail: OutgoingMail) => Promise<MailOutcome>;
  /** Takes no further mails after this long, so that a worker told to stop can, and other shops get their turn. */
  limitMs?: number;
}

interface ReadyMessage extends PreparedMessage {
  mail: RenderedMail;
}

interface Settled {
  message: ClaimedMessage;
  result: MessageResult;
  to?: string;
  withheld?: WithheldReason;
}

const lanes = 4; // while one waits for the mail server, the others read, render and write down
const batchSize = 100;
const groupSize = 16; // as many are in doubt at most when a lane dies

/**
 * Delivers what is due for a shop. Any number may run at once: none sends what another has. `more` says that it stopped
 * because of the limit and not because it was done.
 */
export async function deliver(input: DeliveryInput): Promise<{ sent: number; more: boolean }> {
  const { send = sendMail, limitMs = Number.POSITIVE_INFINITY } = input;
  const until = input.realNow().getTime() + limitMs;
  const run: Run = { ...input, send, until, stopped: false, more: false, sent: 0 };
  await Promise.all(Array.from({ length: lanes }, () => runLane(run)));
  return { sent: run.sent, more: run.more && !run.stopped };
}

type Run = Omit<Required<DeliveryInput>, 'limitMs'> & {
  until: number;
  stopped: boolean;
  more: boolean;
  sent: number;
};

async function runLane(run: Run): Promise<void> {
  const { shopId, steps } = run;
  while (!run.stopped) {
    const leaseId = nanoid();
    const times = { now: run.now(), realNow: run.realNow() };
    const batch = await withShop(shopId, (tx) =>
      prepareBatch(tx, { shopId, leaseId, limit: batchSize, ...times, ...steps }),
    );
    if (!batch) {
      await withShop(shopId, (tx) => withholdQueued(tx, { shopId }));
      return;
    }
    if (batch.claimed === 0) return;
    await deliverBatch(run, leaseId, batch, await fillBatch(batch, times.now));
    if (batch.claimed < batchSize) return;
    if (run.realNow().getTime() >= run.until) {
      run.more = true;
      return;
    }
  }
}

/** Runs Liquid for the whole batch, template by template. What can't be filled is settled here. */
async function fillBatch(
  batch: PreparedBatch,
  now: Date,
): Promise<{ ready: ReadyMessage[]; settled: Settled[] }> {
  const settled: Settled[] = batch.withheld.map(({ message, reason }) => withhold(message, reason));
  const ready: ReadyMessage[] = [];
  for (const template of new Set(batch.prepared.map((prepared) => prepared.template))) {
    const group = batch.prepared.filter((prepared) => prepared.template === template);
    const { filled } = await fillTemplate({
      template: template.template,
      items: group.map((item) => item.vars),
    });
    group.forEach((prepared, index) => {
      const result: Filled = filled[index] ?? { ok: false, error: 'not rendered', stopped: true };
      if (result.ok) ready.push({ ...prepared, mail: markTest(prepared.message.kind, result.mail) });
      else if (result.stopped)
        settled.push({
          message: prepared.message,
          result: putOffResult(prepared.message, result.error, now),
        });
      else settled.push(withhold(prepared.message, reasonOf(result.error)));
    });
  }
  return { ready, settled };
}

function withhold(message: ClaimedMessage, reason: WithheldReason): Settled {
  return { message, result: withheldResult(message, reason), withheld: reason };
}

function reasonOf(error: string): WithheldReason {
  const missing = /undefined variable: ([\w.[\]]+)/.exec(error)?.[1];
  return missing ? `missing_value: ${missing}` : `template_error: ${error.slice(0, 200)}`;
}

/**
 * Group by group: one transaction writes down what became of the last group and marks the next, then the mail server gets
 * it. Stops when the server can't be reached; what is still claimed then is queued again when the lease ends.
 */
async function deliverBatch(
  run: Run,
  leaseId: string,
  { sender }: PreparedBatch,
  filled: { ready: ReadyMessage[]; settled: Settled[] },
): Promise<void> {
  const { shopId } = run;
  const { ready } = filled;
  let { settled } = filled;
  for (let at = 0; at < ready.length; at += groupSize) {
    const group = ready.slice(at, at + groupSize);
    const last = settled;
    const allowed = await withShop(shopId, async (tx) => {
      await settle(tx, run, leaseId, last);
      return markGroup(tx, run, leaseId, group);
    });
    const outcomes = await Promise.all(
      allowed.map(async (item) => ({ item, outcome: await run.send(compose(shopId, sender, item)) })),
    );
    settled = outcomes.map(({ item, outcome }) => ({
      message: item.message,
      result: resultOf(item.message, outcome, run.now(), messageIdOf(item.message.token, sender.address)),
      to: item.to,
    }));
    if (outcomes.some(({ outcome }) => outcome.kind === 'unavailable')) {
      run.stopped = true;
      break;
    }
  }
  await withShop(shopId, (tx) => settle(tx, run, leaseId, settled));
}

/** The last look before the mail server: who may still get it, and the mark that says it was handed over. */
async function markGroup(tx: Tx, run: Run, leaseId: string, group: ReadyMessage[]): Promise<ReadyMessage[]> {
  const { shopId } = run;
  const checked = group.filter(({ message }) => message.kind !== 'test');
  const recipients = checked.map(({ message, to }) => ({ profileId: message.profileId, email: to }));
  const verdicts = await run.steps.checkRecipients(tx, { shopId, recipients });
  const refused = new Map<ReadyMessage, WithheldReason>();
  for (const [index, item] of checked.entries()) {
    const verdict = verdicts[index] ?? 'not_subscribed';
    // What belongs to an order needs no subscription; a dead or complaining address gets nothing at all.
    const needed = item.message.kind === 'marketing' || verdict !== 'not_subscribed';
    if (verdict !== 'ok' && needed) refused.set(item, verdict);
  }
  await settle(
    tx,
    run,
    leaseId,
    [...refused].map(([item, reason]) => withhold(item.message, reason)),
  );
  const allowed = group.filter((item) => !refused.has(item));
  const items = allowed.map(({ message, template, locale, to, vars, mail }) => ({
    id: message.id,
    // Tests, and mails to people who are no customers, wait for nobody's row.
    profileId: message.kind === 'test' || message.context.signIn ? null : message.profileId,
    templateId: template.id,
    locale: locale.format,
    to,
    vars: varsToKeep(vars, env().SHOPIFY_APP_URL),
    contentHash: mailHash(mail),
  }));
  const marked = await handOver(tx, { shopId, leaseId, items, now: run.now(), realNow: run.realNow() });
  return allowed.filter(({ message }) => marked.has(message.id));
}

async function settle(tx: Tx, run: Run, leaseId: string, settled: Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const { shopId } = run;
  const written = await recordResults(tx, { shopId, leaseId, results: settled.map(({ result }) => result) });
  const outcomes = settled.filter(({ message }) => written.has(message.id)).flatMap(outcomeOf);
  run.sent += outcomes.filter((outcome) => outcome.outcome === 'sent').length;
  await run.steps.noteOutcomes(tx, { shopId, outcomes, now: run.now() });
}

function outcomeOf({ message, result, to, withheld }: Settled): DeliveryOutcome[] {
  const about = {
    messageId: message.id,
    profileId: message.profileId,
    kind: message.kind,
    templateKey: message.templateKey,
  };
  if (result.status === 'sent') return [{ ...about, outcome: 'sent' }];
  if (withheld) return [{ ...about, outcome: 'withheld', reason: withheld }];
  if (result.bouncedAt && to) return [{ ...about, outcome: 'bounced', email: to }];
  return [];
}

function compose(shopId: number, sender: Sender, item: ReadyMessage): OutgoingMail {
  const { message, to, mail, vars } = item;
  return composeMail({
    token: message.token,
    to,
    mail,
    sender,
    unsubscribeUrl: vars.links.unsubscribe,
    feedbackId: `${message.flowKey ?? message.templateKey}:${shopId}:${message.kind}:perennial`,
  });
}
