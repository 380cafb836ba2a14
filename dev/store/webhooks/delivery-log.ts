/** One webhook on its way to the app, with everything that happened to it. */
export interface Delivery {
  readonly number: number;
  readonly shop: string;
  readonly topic: string;
  readonly uri: string;
  readonly name: string | null;
  readonly apiVersion: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly triggeredAt: string;
  readonly body: string;
  status: 'pending' | 'delivered' | 'failed' | 'dropped';
  readonly attempts: {
    readonly at: string;
    readonly status: number | null;
    readonly error: string | null;
    readonly ms: number;
  }[];
}

const MAX_KEPT = 50_000;

export class DeliveryLog {
  private readonly kept: Delivery[] = [];
  private lastNumber = 0;

  add(input: Omit<Delivery, 'number' | 'status' | 'attempts'>): Delivery {
    this.lastNumber += 1;
    const delivery: Delivery = { ...input, number: this.lastNumber, status: 'pending', attempts: [] };
    this.kept.push(delivery);
    if (this.kept.length > MAX_KEPT) this.kept.shift();
    return delivery;
  }

  list(): readonly Delivery[] {
    return this.kept;
  }

  clear(): void {
    this.kept.length = 0;
  }
}
