import type { StandingPlace } from '~/modules/loyalty/types';
import { AppError } from '~/platform/errors';

/** Shopify's side of standings, in memory: what each customer has by now, and what it was asked. */
export class FakeStandingPlace implements StandingPlace {
  readonly fields = new Map<string, string>();
  readonly tags = new Map<bigint, Set<string>>();
  readonly calls: string[] = [];
  readonly gone = new Set<bigint>();
  largest = 0;
  /** Answers get lost from this call on, after they took effect. */
  silentFrom = Infinity;

  define = async () => this.note('define');

  setFields: StandingPlace['setFields'] = async (values) => {
    this.largest = Math.max(this.largest, values.length);
    const refused = new Map(
      values.flatMap(({ customerId }, index): [number, string][] =>
        this.gone.has(customerId) ? [[index, 'Owner does not exist.']] : [],
      ),
    );
    if (refused.size === 0)
      for (const { customerId, key, value } of values) this.fields.set(`${customerId}.${key}`, value);
    await this.note('set');
    return { refused, namespace: 'app--1--loyalty' };
  };

  removeFields: StandingPlace['removeFields'] = async (values) => {
    for (const { customerId, key } of values) this.fields.delete(`${customerId}.${key}`);
    await this.note('remove');
    return null;
  };

  addTag: StandingPlace['addTag'] = async (customerId, tag) => {
    this.tags.set(customerId, this.tagsOf(customerId).add(tag));
    await this.note('tag');
    return null;
  };

  removeTags: StandingPlace['removeTags'] = async (customerId, tags) => {
    for (const tag of tags) this.tagsOf(customerId).delete(tag);
    await this.note('untag');
    return null;
  };

  of(customerId: bigint) {
    return {
      points: this.fields.get(`${customerId}.points`) ?? null,
      tier: this.fields.get(`${customerId}.tier`) ?? null,
      tags: [...this.tagsOf(customerId)],
    };
  }

  private tagsOf(customerId: bigint): Set<string> {
    return this.tags.get(customerId) ?? new Set();
  }

  private async note(call: string): Promise<void> {
    this.calls.push(call);
    if (this.calls.length >= this.silentFrom)
      throw new AppError('unavailable', { message: 'silence', userMessage: 'silence' });
  }
}
