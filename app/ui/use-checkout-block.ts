import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';

/** Whether the merchant has placed our block in their checkout; null until Shopify answers, and where it cannot say. */
export function useCheckoutBlock(): boolean | null {
  const shopify = useAppBridge();
  const [placed, setPlaced] = useState<boolean | null>(null);
  useEffect(() => {
    let shown = true;
    const ask = async () => {
      const extensions = await shopify.app.extensions();
      const block = extensions.find((extension) => extension.handle === 'loyalty-checkout');
      if (shown) setPlaced((block?.activations.length ?? 0) > 0);
    };
    ask().catch(() => setPlaced(null));
    return () => {
      shown = false;
    };
  }, [shopify]);
  return placed;
}
