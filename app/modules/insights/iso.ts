/** A time for JSON. */
export function iso(at: Date): string {
  return at.toISOString();
}

/** A time that may be missing, for JSON. */
export function isoOrNull(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

/** A person's name as one text; null when there is none. */
export function fullName(first: string | null, last: string | null): string | null {
  return [first, last].filter(Boolean).join(' ') || null;
}
