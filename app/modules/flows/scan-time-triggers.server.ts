export async function scanTimeTriggers(_shopId: number): Promise<{ enrolled: number }> {
  throw new Error('not written yet');
}
