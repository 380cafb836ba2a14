/** The form in which addresses are compared and hashed: the same as of profiles. */
export function normalisedAddress(email: string): string {
  return email.trim().toLowerCase();
}
