import { randomUUID } from 'node:crypto';
import { noFaults, type Faults } from './faults';
import { stringifyExact } from './json/exact-json';
import type { StoreOptions } from './options';
import { StoreClock } from './state/clock';
import { takeId } from './state/ids';
import type { Shop, State } from './state/model';
import { saveState } from './state/persistence';
import { readAppConfig } from './webhooks/app-config';
import { DeliveryLog } from './webhooks/delivery-log';
import { WebhookSender } from './webhooks/sender';

const SAVE_AFTER_MS = 200;

/** A sentence for the person who asked, with the HTTP status it deserves. */
export class StoreError extends Error {
  constructor(
    message: string,
    readonly status = 422,
  ) {
    super(message);
  }
}

/** The running store: its shops, its clock and its way to tell the app what happened. */
export class Store {
  readonly clock: StoreClock;
  readonly faults: Faults = noFaults();
  readonly deliveries = new DeliveryLog();
  readonly sender: WebhookSender;
  /** Own address, known once the server listens. */
  url = '';
  private saveTimer: NodeJS.Timeout | null = null;

  constructor(
    readonly options: StoreOptions,
    readonly state: State,
  ) {
    this.clock = new StoreClock(state);
    this.sender = new WebhookSender(options, this.faults);
  }

  get appConfig() {
    return readAppConfig(this.options.tomlPath);
  }

  findShop(domain: string): Shop | null {
    return this.state.shops.find((shop) => shop.domain === domain) ?? null;
  }

  getShop(domain: string): Shop {
    const shop = this.findShop(domain);
    if (shop === null) throw new StoreError(`There is no shop "${domain}" here.`, 404);
    return shop;
  }

  takeId(kind: string): bigint {
    return takeId(this.state, kind);
  }

  /** Begins one thing a merchant or shopper does: all webhooks it causes share an event id and a time. */
  begin(shop: Shop): Happening {
    return new Happening(this, shop);
  }

  /** Persists soon; many calls become one write. */
  touch(): void {
    const { dataFile } = this.options;
    if (dataFile === null || this.saveTimer !== null) return;
    this.saveTimer = setTimeout(() => {
      this.saveTimer = null;
      saveState(dataFile, this.state);
    }, SAVE_AFTER_MS);
  }

  close(): void {
    this.sender.close();
    if (this.saveTimer === null || this.options.dataFile === null) return;
    clearTimeout(this.saveTimer);
    saveState(this.options.dataFile, this.state);
  }
}

export class Happening {
  readonly at: string;
  private readonly eventId = randomUUID();

  constructor(
    private readonly store: Store,
    private readonly shop: Shop,
  ) {
    this.at = store.clock.iso();
    store.touch();
  }

  /** Sends a webhook to every subscription of the topic, if the app is installed. */
  emit(topic: string, payload: unknown): void {
    if (this.shop.installed || topic === 'shop/redact') this.emitAlways(topic, payload);
  }

  emitAlways(topic: string, payload: unknown): void {
    const { apiVersion, subscriptions } = this.store.appConfig;
    const body = stringifyExact(payload);
    for (const subscription of subscriptions.filter((candidate) => candidate.topic === topic)) {
      const delivery = this.store.deliveries.add({
        shop: this.shop.domain,
        topic,
        uri: subscription.uri,
        name: subscription.name,
        apiVersion,
        webhookId: randomUUID(),
        eventId: this.eventId,
        triggeredAt: this.store.clock.now().toISOString(),
        body,
      });
      this.store.sender.submit(delivery);
    }
  }
}
