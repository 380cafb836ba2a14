import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../shared/ask';
import { parseOrderPoints, type OrderPoints } from './answer';

/** An order that was placed a moment ago has no points yet: ask again after these pauses, and no oftener. */
const pausesMs = [2_000, 5_000, 10_000];

/** What this order earned and what there is; null while it is not known, and when there is nothing to say. */
export function useOrderPoints(orderId: string | undefined): OrderPoints | null {
  const [points, setPoints] = useState<OrderPoints | null>(null);
  useEffect(() => {
    if (orderId === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const look = (attempt: number) => {
      load(orderId).then(
        (answer) => {
          if (!current || answer === 'nothing') return;
          setPoints(answer);
          const pause = pausesMs[attempt];
          if (answer.earned === null && pause !== undefined)
            timer = setTimeout(() => look(attempt + 1), pause);
        },
        () => undefined, // the page is about the order: silence is better than an error
      );
    };
    look(0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [orderId]);
  return points;
}

async function load(orderId: string): Promise<OrderPoints | 'nothing'> {
  const token = await shopify.sessionToken.get();
  const query = new URLSearchParams({ order: orderId });
  return parseOrderPoints(await ask(`/api/shopper/order?${query}`, token));
}
