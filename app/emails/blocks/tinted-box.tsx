import { Section, Text } from '@react-email/components';
import { colour } from '../theme';

const small = { margin: 0, fontSize: 14, lineHeight: '20px', color: colour.muted };

interface TintedBoxProps {
  label: string;
  value: string;
  note?: string;
  /** Smaller, and broken anywhere: for what is long, such as a link. */
  long?: boolean;
}

/** One thing that matters, set apart: a balance, a code, a link. */
export function TintedBox({ label, value, note, long = false }: TintedBoxProps) {
  const size = long
    ? { fontSize: 17, lineHeight: '24px', wordBreak: 'break-all' as const }
    : { fontSize: 26, lineHeight: '32px' };
  return (
    <Section
      className="tint"
      style={{ backgroundColor: colour.tint, borderRadius: 10, padding: '18px 22px', margin: '0 0 20px' }}
    >
      <Text className="muted" style={small}>
        {label}
      </Text>
      <Text className="strong" style={{ ...size, margin: '2px 0', fontWeight: 700, color: colour.strong }}>
        {value}
      </Text>
      {note !== undefined && (
        <Text className="muted" style={small}>
          {note}
        </Text>
      )}
    </Section>
  );
}
