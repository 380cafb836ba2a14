/** How long after midnight a day is closed: a transaction that began before it must have ended by then. */
export const closingMarginMs = 60 * 60 * 1_000;
