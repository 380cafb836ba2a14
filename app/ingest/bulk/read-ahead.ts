/** The same values in the same order; the next one is being made while the last is worked on. */
export async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (;;) {
      const result = await next;
      if (result.done) return;
      next = source.next();
      next.catch(() => {}); // thrown when its turn comes, or never if the reader stops before
      yield result.value;
    }
  } finally {
    await source.return(undefined).catch(() => {});
  }
}
