export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** The leaky bucket of one shop, on real time: 2,000 points, 100 a second come back. */
export class CostBucket {
  private available: number;
  private measuredAt = Date.now();

  constructor(
    private readonly maximum = 2000,
    private readonly restoreRate = 100,
  ) {
    this.available = maximum;
  }

  /** True when the cost fits and has been taken. */
  take(cost: number): boolean {
    this.restore();
    if (this.available < cost) return false;
    this.available -= cost;
    return true;
  }

  giveBack(cost: number): void {
    this.available = Math.min(this.maximum, this.available + cost);
  }

  drain(): void {
    this.restore();
    this.available = 0;
  }

  status(): ThrottleStatus {
    this.restore();
    return {
      maximumAvailable: this.maximum,
      currentlyAvailable: Math.floor(this.available),
      restoreRate: this.restoreRate,
    };
  }

  private restore(): void {
    const now = Date.now();
    this.available = Math.min(
      this.maximum,
      this.available + ((now - this.measuredAt) / 1000) * this.restoreRate,
    );
    this.measuredAt = now;
  }
}
