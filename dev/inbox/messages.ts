/** What has arrived, newest last. In memory only. */
export interface InboxMessage {
  readonly id: string;
  readonly receivedAt: string;
  /** Envelope, not header. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  /** Names in lower case; a header that occurs twice has two entries. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly size: number;
}

const MAX_KEPT = 20_000;

export class MessageBox {
  private kept: InboxMessage[] = [];

  add(message: InboxMessage): void {
    this.kept.push(message);
    if (this.kept.length > MAX_KEPT) this.kept.shift();
  }

  list(to: string | null): readonly InboxMessage[] {
    const wanted = to?.toLowerCase() ?? null;
    return wanted === null
      ? this.kept
      : this.kept.filter((message) => message.to.some((address) => address.toLowerCase() === wanted));
  }

  find(id: string): InboxMessage | null {
    return this.kept.find((message) => message.id === id) ?? null;
  }

  clear(): number {
    const count = this.kept.length;
    this.kept = [];
    return count;
  }
}

export function headerOf(message: InboxMessage, name: string): string | null {
  return message.headers.find((header) => header.name === name)?.value ?? null;
}
