import { lazy, Suspense } from 'react';
import { useFormat } from '../shop-context';
import { useInBrowser } from '../use-in-browser';
import type { ComparisonPoint } from './comparison-plot';

const Plot = lazy(() => import('./comparison-plot'));

interface ComparisonChartProps {
  points: ComparisonPoint[];
  firstLabel: string;
  secondLabel: string;
}

/** Two figures side by side per span. The figures must be on the page as text too: a picture tells nothing to a screen reader. */
export function ComparisonChart(props: ComparisonChartProps) {
  const format = useFormat();
  const inBrowser = useInBrowser();
  return (
    // The place is kept free from the start, so that nothing moves when the chart comes.
    <div style={{ height: '15rem', width: '100%' }} aria-hidden="true">
      {inBrowser && (
        <Suspense fallback={null}>
          <Plot {...props} writeValue={format.number} />
        </Suspense>
      )}
    </div>
  );
}
