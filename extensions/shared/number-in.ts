/** What a field says, as a number; NaN for what is none. */
export function numberIn(field: EventTarget | null): number {
  return field !== null && 'value' in field ? Number(field.value) : NaN;
}
