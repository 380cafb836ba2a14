import { Section, Text } from '@react-email/components';
import type { Catalogue } from '../words';
import { colour } from '../theme';
import { When } from './liquid';

interface PointsBoxProps {
  common: Catalogue['common'];
  /** Without the line that they can wait. */
  bare?: boolean;
}

/** The points a customer may spend; nothing at all when there are none. */
export function PointsBox({ common, bare = false }: PointsBoxProps) {
  return (
    <When test="points.positive">
      <Section
        className="tint"
        style={{ backgroundColor: colour.tint, borderRadius: 10, padding: '18px 22px', margin: '0 0 20px' }}
      >
        <Text className="muted" style={{ margin: 0, fontSize: 14, lineHeight: '20px', color: colour.muted }}>
          {common.pointsLabel}
        </Text>
        <Text
          className="strong"
          style={{ margin: '2px 0', fontSize: 26, lineHeight: '32px', fontWeight: 700, color: colour.strong }}
        >
          {common.points}
        </Text>
        {!bare && (
          <Text
            className="muted"
            style={{ margin: 0, fontSize: 14, lineHeight: '20px', color: colour.muted }}
          >
            {common.pointsNote}
          </Text>
        )}
      </Section>
    </When>
  );
}
