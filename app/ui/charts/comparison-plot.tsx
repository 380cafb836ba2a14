import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { spanAxis, valueAxis } from './axes';

// Loaded after the page, by `comparison-chart.tsx`, as `plots.tsx` is.

export interface ComparisonPoint {
  span: string; // as it is written below the bars
  first: number;
  second: number;
}

const colors = ['#2f6f4e', '#b98900'] as const;

export default function ComparisonPlot({
  points,
  firstLabel,
  secondLabel,
  writeValue,
}: {
  points: ComparisonPoint[];
  firstLabel: string;
  secondLabel: string;
  writeValue: (value: number) => string;
}) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--p-color-border-secondary)" />
        <XAxis dataKey="span" minTickGap={24} {...spanAxis} />
        <YAxis tickFormatter={writeValue} {...valueAxis} />
        <Tooltip formatter={(value) => writeValue(Number(value))} isAnimationActive={false} />
        <Legend iconType="circle" wrapperStyle={{ fontSize: 12 }} />
        <Bar dataKey="first" name={firstLabel} fill={colors[0]} isAnimationActive={false} />
        <Bar dataKey="second" name={secondLabel} fill={colors[1]} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
