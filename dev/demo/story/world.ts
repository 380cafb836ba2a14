import { Client } from 'pg';
import { z } from 'zod';
import type { Stack } from '../stack';
import { anything, askJson, eventually, userAgent } from './clients';

const mailSummary = z.object({ id: z.union([z.string(), z.number()]), subject: z.string() });
const mail = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Mail = z.infer<typeof mail>;

/** Everything the story's steps can do and look at, over the same doors a person and Shopify use. */
export class World {
  constructor(
    readonly stack: Stack,
    private readonly database: Client,
  ) {}

  static async open(stack: Stack): Promise<World> {
    const database = new Client({ connectionString: stack.databaseUrl });
    await database.connect();
    return new World(stack, database);
  }

  async close(): Promise<void> {
    await this.database.end();
  }

  /** The stand-in's control API, for this story's shop. */
  store<S extends z.ZodType>(schema: S, path: string, body?: unknown): Promise<z.infer<S>> {
    return askJson(schema, `${this.stack.storeUrl}/control/${this.stack.shop}${path}`, { body });
  }

  machine<S extends z.ZodType>(schema: S, path: string, body?: unknown): Promise<z.infer<S>> {
    return askJson(schema, `${this.stack.storeUrl}/control${path}`, { body });
  }

  async moveClock(advanceMs: number): Promise<void> {
    await this.machine(anything, '/clock', { advanceMs });
  }

  /** Rows of the app's database, read by the story to show what came of a step. */
  async rows<S extends z.ZodType>(schema: S, sql: string, values: unknown[] = []): Promise<z.infer<S>[]> {
    const { rows } = await this.database.query(sql, values);
    return z.array(schema).parse(rows);
  }

  async row<S extends z.ZodType>(
    schema: S,
    sql: string,
    values: unknown[] = [],
  ): Promise<z.infer<S> | undefined> {
    return (await this.rows(schema, sql, values))[0];
  }

  /** All deliveries are sent, stored and worked through. */
  async settled(): Promise<void> {
    await this.machine(anything, '/idle');
    await eventually('every delivery to be worked through', async () => {
      const open = await this.row(
        z.object({ open: z.coerce.number() }),
        `SELECT count(*) AS open FROM inbox_events WHERE status = 'pending'`,
      );
      return open?.open === 0;
    });
  }

  async mailsTo(address: string): Promise<z.infer<typeof mailSummary>[]> {
    return askJson(
      z.array(mailSummary),
      `${this.stack.inboxUrl}/api/messages?to=${encodeURIComponent(address)}`,
    );
  }

  /** Waits for the n-th mail (from 1) to an address, oldest first, and reads it. */
  async mail(address: string, subject: RegExp, nth = 1): Promise<Mail> {
    const found = await eventually(
      `a mail "${subject.source}" to ${address}`,
      async () => (await this.mailsTo(address)).filter((message) => subject.test(message.subject))[nth - 1],
    );
    return askJson(mail, `${this.stack.inboxUrl}/api/messages/${found.id}`);
  }

  /** A page of the admin, as the merchant's browser asks for it inside the Shopify admin. */
  async adminPage(path: string): Promise<string> {
    const response = await fetch(`${this.stack.appUrl}${path}`, { headers: await this.adminHeaders() });
    const html = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${html.slice(0, 300)}`);
    return html;
  }

  /** A form of the admin. */
  adminAction(path: string, form: Record<string, string>): Promise<void> {
    return this.adminPost(path, new URLSearchParams(form), 'application/x-www-form-urlencoded');
  }

  /** A form of the admin that sends JSON. */
  adminJson(path: string, body: unknown): Promise<void> {
    return this.adminPost(path, JSON.stringify(body), 'application/json');
  }

  private async adminPost(path: string, body: BodyInit, type: string): Promise<void> {
    const response = await fetch(`${this.stack.appUrl}${path}`, {
      method: 'POST',
      headers: { ...(await this.adminHeaders()), 'content-type': type },
      body,
      redirect: 'manual',
    });
    if (response.status >= 400)
      throw new Error(`POST ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  }

  private async adminHeaders(): Promise<Record<string, string>> {
    const { token } = await this.machine(
      z.object({ token: z.string() }),
      `/admin-token?shop=${this.stack.shop}`,
    );
    return { authorization: `Bearer ${token}`, 'user-agent': userAgent };
  }
}
