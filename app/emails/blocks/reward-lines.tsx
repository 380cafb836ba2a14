import { Column, Row, Section, Text } from '@react-email/components';
import type { Catalogue } from '../words';
import { colour } from '../theme';
import { Each, When } from './liquid';

const cell = { verticalAlign: 'top', padding: '10px 0' };
const text = { margin: 0, fontSize: 15, lineHeight: '22px' };

/** What the balance can buy; nothing at all when it can buy nothing. */
export function RewardLines({ common }: { common: Catalogue['common'] }) {
  return (
    <When test="rewards.any">
      <Section style={{ padding: '4px 0 12px' }}>
        <Text className="muted" style={{ ...text, fontSize: 14, color: colour.muted }}>
          {common.rewardsLabel}
        </Text>
        <Each name="reward" of="rewards.lines">
          <Row className="line" style={{ borderBottom: `1px solid ${colour.line}` }}>
            <Column style={cell}>
              <Text className="strong" style={{ ...text, fontWeight: 600, color: colour.strong }}>
                {'{{ reward.title }}'}
              </Text>
            </Column>
            <Column align="right" style={{ ...cell, paddingLeft: 12 }}>
              <Text className="muted" style={{ ...text, color: colour.muted, whiteSpace: 'nowrap' }}>
                {common.rewardPrice}
              </Text>
            </Column>
          </Row>
        </Each>
      </Section>
    </When>
  );
}
