declare global {
  /** What lives once per process. Each module that keeps such a thing adds its line here by declaration merging. */
  interface PerennialSingletons {
    [name: `test.${string}`]: unknown;
  }
  // `let` and `const` do not land on globalThis.
  var perennialSingletons: Partial<PerennialSingletons> | undefined;
}

/**
 * One value per process, whichever bundle asks first: the server and the Remix build are bundled apart, and Vite reloads
 * modules in development, but there must be one connection pool, one clock and one queue.
 */
export function remember<K extends keyof PerennialSingletons>(
  name: K,
  create: () => PerennialSingletons[K],
): PerennialSingletons[K] {
  const singletons: Partial<PerennialSingletons> = (globalThis.perennialSingletons ??= {});
  const existing = singletons[name];
  if (existing !== undefined) return existing;
  const created = create();
  singletons[name] = created;
  return created;
}
