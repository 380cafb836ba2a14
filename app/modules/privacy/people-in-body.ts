export interface PeopleInBody {
  customerIds: Set<string>;
  emails: Set<string>; // lower case
  phones: Set<string>; // '+' and digits
  orderIds: Set<string>;
}

// Begins where a word begins: tried from each letter of it, a long one without an @ would take the square of its length.
const emailPattern = /(?<![^\s@<>"'(),;:\\])[^\s@<>"'(),;:\\]+@[^\s@<>"'(),;:\\]+\.[a-z]{2,}/gi;
// A text that is an address and nothing else, whatever is in it: apostrophes, other scripts, escapes of JSON.
const wholeEmail = /"\s*([^\s"@]+@[^\s"@]+)\s*"/g;
const escaped = /\\u([\da-f]{4})/gi;
const phonePattern = /"(\+[\d ().\-/]{6,30}\d)"/g;
const customerPattern =
  /gid:\/\/shopify\/Customer\/(\d+)|"customer_?id"\s*:\s*"?(\d+)|"customer"\s*:\s*\{\s*"id"\s*:\s*"?(\d+)/gi;
const ownId = /^\s*\{\s*"id"\s*:\s*"?(\d+)/;
const orderPattern = /gid:\/\/shopify\/Order\/(\d+)|"order_id"\s*:\s*"?(\d+)/gi;

/** Whom a raw delivery names, by everything that can be recognised in its text. */
export function peopleInBody(topic: string, body: string): PeopleInBody {
  const found: PeopleInBody = {
    customerIds: new Set(),
    emails: new Set(),
    phones: new Set(),
    orderIds: new Set(),
  };
  for (const match of body.matchAll(customerPattern))
    found.customerIds.add(match[1] ?? match[2] ?? match[3] ?? '');
  for (const match of body.matchAll(orderPattern)) found.orderIds.add(match[1] ?? match[2] ?? '');
  for (const match of body.matchAll(emailPattern)) found.emails.add(match[0].toLowerCase());
  for (const match of body.matchAll(wholeEmail))
    found.emails.add(
      (match[1] ?? '')
        .replace(escaped, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
        .toLowerCase(),
    );
  for (const match of body.matchAll(phonePattern))
    found.phones.add(`+${(match[1] ?? '').replace(/\D/g, '')}`);
  const own = ownId.exec(body)?.[1];
  if (own && topic.startsWith('customers/')) found.customerIds.add(own);
  if (own && topic.startsWith('orders/')) found.orderIds.add(own);
  return found;
}
