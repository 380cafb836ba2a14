import type { State } from './model';

/** Business time: real time plus the offset a person or a test has set. Tokens do not use it. */
export class StoreClock {
  constructor(private readonly state: State) {}

  get offsetMs(): number {
    return this.state.clockOffsetMs;
  }

  set(offsetMs: number): void {
    this.state.clockOffsetMs = Math.round(offsetMs);
  }

  now(): Date {
    return new Date(Date.now() + this.state.clockOffsetMs);
  }

  /** The time as Shopify writes it, to the second. */
  iso(): string {
    return this.now()
      .toISOString()
      .replace(/\.\d{3}Z$/, 'Z');
  }
}
