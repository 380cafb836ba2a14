import type { AffiliateWeek } from '~/modules/affiliates/types';
import type { Format } from '../format';
import { Table, useWords } from './frame.server';

interface WeekChartsProps {
  weeks: AffiliateWeek[];
  format: Format;
}

const size = { width: 360, height: 96, axis: 18 };
const parts = ['clicks', 'orders', 'commission'] as const;

/** Clicks, orders and commissions week by week, drawn without script, and as a table. Nothing before there is anything. */
export function WeekCharts({ weeks, format }: WeekChartsProps) {
  const say = useWords();
  if (weeks.every(({ clicks, orders }) => clicks === 0 && orders === 0)) return null;
  const titles = { clicks: say('clicksOnly'), orders: say('orders'), commission: say('commission') };
  const write = {
    clicks: ({ clicks }: AffiliateWeek) => format.number(clicks),
    orders: ({ orders }: AffiliateWeek) => format.number(orders),
    commission: ({ commission }: AffiliateWeek) => format.money(commission),
  };
  return (
    <>
      <h2>{say('weeks')}</h2>
      {parts.map((part) => (
        <figure key={part}>
          <figcaption>{titles[part]}</figcaption>
          <Bars
            bars={weeks.map((week) => ({
              label: format.day(week.monday),
              value: Number(week[part]),
              text: write[part](week),
            }))}
          />
        </figure>
      ))}
      <details>
        <summary>{say('weeks')}</summary>
        <Table
          caption={say('weeks')}
          columns={[{ title: say('week') }, ...parts.map((part) => ({ title: titles[part], number: true }))]}
          rows={weeks
            .toReversed()
            .map((week) => [format.day(week.monday), ...parts.map((part) => write[part](week))])}
        />
      </details>
    </>
  );
}

/** A bar per week; hidden from screen readers, which have the table. */
function Bars({ bars }: { bars: { label: string; value: number; text: string }[] }) {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  const step = size.width / bars.length;
  const ground = size.height - size.axis;
  const last = bars.at(-1);
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      {bars.map(({ label, value, text }, index) => {
        const height = value > 0 ? Math.max(2, (value / most) * (ground - size.axis)) : 0;
        const middle = (index + 0.5) * step;
        return (
          <g key={label}>
            <rect
              className="bar"
              x={index * step + step * 0.15}
              y={ground - height}
              width={step * 0.7}
              height={height}
              rx={2}
            />
            {value === most && (
              <text x={middle} y={ground - height - 5} textAnchor="middle">
                {text}
              </text>
            )}
          </g>
        );
      })}
      <line className="axis" x1={0} x2={size.width} y1={ground} y2={ground} />
      <text x={0} y={size.height - 4}>
        {bars[0]?.label}
      </text>
      <text x={size.width} y={size.height - 4} textAnchor="end">
        {last?.label}
      </text>
    </svg>
  );
}
