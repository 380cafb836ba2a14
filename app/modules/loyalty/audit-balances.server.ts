/** Compares every balance of every shop with its postings. */
export async function auditBalances(): Promise<void> {
  throw new Error('not written yet');
}
