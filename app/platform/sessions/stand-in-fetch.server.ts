/** A fetch that sends what is meant for `https://<shop>/...` to the stand-in store, which learns the shop from a header. */
export function standInFetch(standInUrl: string): typeof fetch {
  return (input, init) => {
    const target = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    headers.set('x-standin-shop', target.hostname);
    return fetch(new URL(target.pathname + target.search, standInUrl), { ...init, headers });
  };
}
