/** The languages of `de-CH,de;q=0.9,en;q=0.8`, in their order. */
export function languagesOf(header: string | null): string[] {
  return (header ?? '')
    .split(',')
    .flatMap((part) => part.split(';')[0]?.trim() ?? [])
    .slice(0, 10);
}
