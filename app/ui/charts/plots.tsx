import {
  Area,
  AreaChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { spanAxis, valueAxis } from './axes';
import type { Figure } from '~/modules/insights/types';

// Loaded after the page, by `charts.tsx`: the library is larger than the page that shows it.

const color = '#2f6f4e';

interface PlotProps {
  days: Figure['days'];
}

const points = (days: Figure['days']) => days.map(({ day, value }) => ({ day, value: Number(value) }));

export default function Plots(props: {
  kind: 'spark' | 'trend';
  days: Figure['days'];
  writeDay: (day: string) => string;
  writeValue: (value: number) => string;
}) {
  return props.kind === 'spark' ? <Spark days={props.days} /> : <Trend {...props} />;
}

function Spark({ days }: PlotProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={points(days)}
        accessibilityLayer={false}
        margin={{ top: 4, right: 2, bottom: 4, left: 2 }}
      >
        <Line dataKey="value" stroke={color} strokeWidth={2} dot={false} isAnimationActive={false} />
      </LineChart>
    </ResponsiveContainer>
  );
}

function Trend({
  days,
  writeDay,
  writeValue,
}: PlotProps & { writeDay: (day: string) => string; writeValue: (value: number) => string }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart
        data={points(days)}
        accessibilityLayer={false}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--p-color-border-secondary)" />
        <XAxis dataKey="day" tickFormatter={writeDay} minTickGap={48} {...spanAxis} />
        <YAxis tickFormatter={writeValue} {...valueAxis} />
        <Tooltip
          labelFormatter={(day) => (typeof day === 'string' ? writeDay(day) : '')}
          formatter={(value) => [writeValue(Number(value)), '']}
          separator=""
          isAnimationActive={false}
        />
        <Area
          dataKey="value"
          stroke={color}
          strokeWidth={2}
          fill={color}
          fillOpacity={0.12}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}
