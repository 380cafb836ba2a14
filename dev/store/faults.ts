/** What a person or a test has asked to go wrong. Counters count down. */
export interface Faults {
  /** Every Admin API request is answered THROTTLED. */
  throttle: boolean;
  /** This many of the next Admin API and token requests are answered 500. */
  http500: number;
  deliver: {
    /** Each new delivery is sent this many times more. */
    duplicate: number;
    /** Deliveries are collected for a moment and sent in reverse order. */
    reorder: boolean;
    delayMs: number;
    /** This many of the next deliveries are lost. */
    drop: number;
  };
}

export function noFaults(): Faults {
  return { throttle: false, http500: 0, deliver: { duplicate: 0, reorder: false, delayMs: 0, drop: 0 } };
}

export function takeHttp500(faults: Faults): boolean {
  if (faults.http500 <= 0) return false;
  faults.http500 -= 1;
  return true;
}
