import { lazy, Suspense } from 'react';
import type { Figure } from '~/modules/insights/types';
import { useFormat } from '../shop-context';
import { useInBrowser } from '../use-in-browser';

const Plots = lazy(() => import('./plots'));

interface ChartProps {
  days: Figure['days'];
  /** What the values are: amounts of shop currency or plain numbers. */
  unit: 'money' | 'number';
  /** What a value belongs to; a month is told by its first day. */
  span?: 'day' | 'month';
}

/** A line without axes, as a hint beside a figure. */
export function Sparkline({ days, unit }: ChartProps) {
  return <Chart kind="spark" height="2.5rem" days={days} unit={unit} />;
}

/** A line over days or months. The figures themselves must be on the page as text too: a picture tells nothing to a screen reader. */
export function TrendChart(props: ChartProps) {
  return <Chart kind="trend" height="15rem" {...props} />;
}

// The place is kept free from the start, so that nothing moves when the chart comes.
function Chart({
  kind,
  height,
  days,
  unit,
  span = 'day',
}: ChartProps & { kind: 'spark' | 'trend'; height: string }) {
  const format = useFormat();
  const inBrowser = useInBrowser();
  return (
    <div style={{ height, width: '100%' }} aria-hidden="true">
      {inBrowser && (
        <Suspense fallback={null}>
          <Plots
            kind={kind}
            days={days}
            writeDay={span === 'day' ? format.day : format.month}
            writeValue={(value) => (unit === 'money' ? format.money(String(value)) : format.number(value))}
          />
        </Suspense>
      )}
    </div>
  );
}
