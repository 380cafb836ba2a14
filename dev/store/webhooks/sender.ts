import { createHmac } from 'node:crypto';
import type { Faults } from '../faults';
import type { StoreOptions } from '../options';
import type { Delivery } from './delivery-log';

const MAX_PARALLEL = 8;
const REORDER_WINDOW_MS = 150;

/** One sending of a delivery; a duplicate or a replay is another one, with its own retries. */
interface Sending {
  readonly delivery: Delivery;
  tries: number;
}

/** Sends deliveries: in order of arrival, a few at a time, with retries, and with the faults asked for. */
export class WebhookSender {
  private readonly queue: Sending[] = [];
  private readonly heldBack: Sending[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private running = 0;
  private open = 0;
  private closed = false;
  private idleWaiters: (() => void)[] = [];

  constructor(
    private readonly options: StoreOptions,
    private readonly faults: Faults,
  ) {}

  get pending(): number {
    return this.open;
  }

  /** A delivery that has just been triggered. */
  submit(delivery: Delivery): void {
    const { deliver } = this.faults;
    if (deliver.drop > 0) {
      deliver.drop -= 1;
      delivery.status = 'dropped';
      return;
    }
    for (let copy = 0; copy <= deliver.duplicate; copy += 1) {
      this.open += 1;
      const sending: Sending = { delivery, tries: 0 };
      if (deliver.reorder) this.holdBack(sending);
      else this.later(deliver.delayMs, () => this.enqueue(sending));
    }
  }

  /** Sends a recorded delivery again, as it was; faults do not apply. */
  resend(delivery: Delivery): void {
    delivery.status = 'pending';
    this.open += 1;
    this.enqueue({ delivery, tries: 0 });
  }

  whenIdle(): Promise<void> {
    if (this.open === 0) return Promise.resolve();
    return new Promise((resolve) => this.idleWaiters.push(resolve));
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private later(ms: number, run: () => void): void {
    if (ms <= 0) {
      run();
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, ms);
    this.timers.add(timer);
  }

  private holdBack(sending: Sending): void {
    this.heldBack.push(sending);
    if (this.heldBack.length > 1) return;
    this.later(Math.max(REORDER_WINDOW_MS, this.faults.deliver.delayMs), () => {
      for (const held of this.heldBack.splice(0).reverse()) this.enqueue(held);
    });
  }

  private enqueue(sending: Sending): void {
    if (this.closed) return;
    this.queue.push(sending);
    this.pump();
  }

  private pump(): void {
    while (this.running < MAX_PARALLEL) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.running += 1;
      void this.attempt(next).finally(() => {
        this.running -= 1;
        this.pump();
      });
    }
  }

  private async attempt(sending: Sending): Promise<void> {
    const { delivery } = sending;
    const startedAt = Date.now();
    const outcome = await this.post(delivery);
    delivery.attempts.push({ at: new Date(startedAt).toISOString(), ms: Date.now() - startedAt, ...outcome });
    if (outcome.status !== null && outcome.status >= 200 && outcome.status < 300) {
      delivery.status = 'delivered';
      this.settle();
      return;
    }
    const pause = this.options.retryDelaysMs[sending.tries];
    sending.tries += 1;
    if (pause === undefined) {
      delivery.status = 'failed';
      this.settle();
      return;
    }
    this.later(pause, () => this.enqueue(sending));
  }

  private async post(delivery: Delivery): Promise<{ status: number | null; error: string | null }> {
    const hmac = createHmac('sha256', this.options.apiSecret).update(delivery.body, 'utf8').digest('base64');
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'user-agent': 'Shopify-Captain-Hook',
      'x-shopify-topic': delivery.topic,
      'x-shopify-hmac-sha256': hmac,
      'x-shopify-shop-domain': delivery.shop,
      'x-shopify-api-version': delivery.apiVersion,
      'x-shopify-webhook-id': delivery.webhookId,
      'x-shopify-event-id': delivery.eventId,
      'x-shopify-triggered-at': delivery.triggeredAt,
      ...(delivery.name === null ? {} : { 'x-shopify-name': delivery.name }),
    };
    try {
      const response = await fetch(new URL(delivery.uri, this.options.appUrl), {
        method: 'POST',
        headers,
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.options.deliveryTimeoutMs),
      });
      await response.arrayBuffer();
      return { status: response.status, error: null };
    } catch (error) {
      return {
        status: null,
        error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      };
    }
  }

  private settle(): void {
    this.open -= 1;
    if (this.open > 0) return;
    for (const waiter of this.idleWaiters.splice(0)) waiter();
  }
}
