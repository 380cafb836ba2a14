import { Column, Img, Row, Section, Text } from '@react-email/components';
import type { Catalogue } from '../words';
import { colour } from '../theme';
import { Each, When } from './liquid';

const cell = { verticalAlign: 'top', padding: '14px 0' };
const text = { margin: 0, fontSize: 15, lineHeight: '22px' };

/** What is in the cart, with pictures and the customer's own currency. */
export function CartLines({ common }: { common: Catalogue['common'] }) {
  return (
    <Section style={{ padding: '8px 0 4px' }}>
      <Each name="line" of="cart.lines">
        <Row className="line" style={{ borderBottom: `1px solid ${colour.line}` }}>
          <Column style={{ ...cell, width: 88 }}>
            {'{% if line.imageUrl %}'}
            <Img
              src="{{ line.imageUrl }}"
              width="72"
              height="72"
              alt=""
              style={{ borderRadius: 8, objectFit: 'cover', backgroundColor: colour.tint }}
            />
            {'{% else %}'}
            <div
              className="tint"
              style={{ width: 72, height: 72, borderRadius: 8, backgroundColor: colour.tint }}
            />
            {'{% endif %}'}
          </Column>
          <Column style={cell}>
            <Text className="strong" style={{ ...text, fontWeight: 600, color: colour.strong }}>
              {'{{ line.title }}'}
            </Text>
            <When test="line.variant">
              <Text className="muted" style={{ ...text, fontSize: 14, color: colour.muted }}>
                {'{{ line.variant }}'}
              </Text>
            </When>
            <Text className="muted" style={{ ...text, fontSize: 14, color: colour.muted }}>
              {common.quantity}
            </Text>
          </Column>
          <Column align="right" style={{ ...cell, width: 84, paddingLeft: 12 }}>
            <Text className="strong" style={{ ...text, color: colour.strong, whiteSpace: 'nowrap' }}>
              {'{{ line.total }}'}
            </Text>
          </Column>
        </Row>
      </Each>
      <When test="cart.more > 0">
        <Text className="muted" style={{ ...text, fontSize: 14, padding: '12px 0', color: colour.muted }}>
          {common.more}
        </Text>
      </When>
      <Row>
        <Column style={cell}>
          <Text className="strong" style={{ ...text, fontWeight: 600, color: colour.strong }}>
            {common.total}
          </Text>
        </Column>
        <Column align="right" style={cell}>
          <Text
            className="strong"
            style={{ ...text, fontSize: 17, fontWeight: 700, color: colour.strong, whiteSpace: 'nowrap' }}
          >
            {'{{ cart.total }}'}
          </Text>
        </Column>
      </Row>
    </Section>
  );
}
