const transientCodes = new Set([
  'P1001', // can't reach the server
  'P1002', // the server did not answer in time
  'P1008', // timed out
  'P1017', // the server closed the connection
  'P2024', // no connection free in time
  'P2034', // write conflict or deadlock
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);
const conflictCodes = new Set(['P2034', '40001', '40P01', '55P03']);
const brokenConnection =
  /connection terminated|connection ended|connection error|terminating connection|server closed the connection|can't reach database|timeout exceeded when trying to connect|the database system is (starting up|shutting down)/i;

/** The database was not there, or two transactions got in each other's way: nothing the data is to blame for. */
export function isTransientDatabaseError(error: unknown): boolean {
  return chain(error).some(
    (link) =>
      isConflictLink(link) ||
      codesOf(link).some((code) => transientCodes.has(code) || /^(08|57P)/.test(code)) ||
      brokenConnection.test(messageOf(link)),
  );
}

/** Of those, the ones that are over at once: trying again right away makes sense. */
export function isConflict(error: unknown): boolean {
  return chain(error).some(isConflictLink);
}

function isConflictLink(link: object): boolean {
  return codesOf(link).some((code) => conflictCodes.has(code));
}

/** An error with its causes, and with what Prisma wraps: `meta.driverAdapterError`. */
function chain(error: unknown): object[] {
  const links: object[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && links.length < 10) {
    links.push(next);
    const meta = property(next, 'meta');
    const wrapped =
      typeof meta === 'object' && meta !== null ? property(meta, 'driverAdapterError') : undefined;
    next = wrapped ?? property(next, 'cause');
  }
  return links;
}

function codesOf(link: object): string[] {
  const meta = property(link, 'meta');
  const inner = typeof meta === 'object' && meta !== null ? property(meta, 'code') : undefined;
  return [property(link, 'code'), property(link, 'originalCode'), inner].filter(
    (code) => typeof code === 'string',
  );
}

function messageOf(link: object): string {
  const message = property(link, 'message');
  return typeof message === 'string' ? message : '';
}

function property(object: object, name: string): unknown {
  return Object.entries(Object.getOwnPropertyDescriptors(object)).find(([key]) => key === name)?.[1].value;
}
