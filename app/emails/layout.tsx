import { Body, Container, Head, Html, Img, Link, Section, Text } from '@react-email/components';
import type { ReactNode } from 'react';
import type { MailLocale } from '~/modules/messaging/types';
import { When } from './blocks/liquid';
import { Preheader } from './blocks/preheader';
import { colour, font, styleSheet } from './theme';
import type { Catalogue } from './words';

interface LayoutProps {
  locale: MailLocale;
  subject: string;
  preheader: string;
  common: Catalogue['common'];
  children: ReactNode;
}

/** The frame of every mail: the shop's head, one card, and the footer the law asks for. */
export function Layout({ locale, subject, preheader, common, children }: LayoutProps) {
  return (
    <Html lang={locale} dir="ltr">
      <Head>
        <title>{subject}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style dangerouslySetInnerHTML={{ __html: styleSheet }} />
      </Head>
      <Body className="page" style={{ backgroundColor: colour.page, fontFamily: font, margin: 0 }}>
        <Preheader>{preheader}</Preheader>
        <div role="article" aria-roledescription="email" aria-label={subject} lang={locale}>
          <Container className="outer" style={{ maxWidth: 600, padding: '32px 12px' }}>
            <ShopHead />
            <Section
              className="card pad"
              style={{ backgroundColor: colour.card, borderRadius: 14, padding: '40px 44px 26px' }}
            >
              {children}
            </Section>
            <Footer common={common} />
          </Container>
        </div>
      </Body>
    </Html>
  );
}

function ShopHead() {
  return (
    <Section className="pad" style={{ padding: '20px 44px', textAlign: 'center' }}>
      <Link href="{{ links.shop }}" style={{ textDecoration: 'none' }}>
        {'{% if shop.logoUrl %}'}
        <Img
          className="logo"
          src="{{ shop.logoUrl }}"
          alt="{{ shop.name }}"
          height="44"
          style={{
            display: 'inline-block',
            maxWidth: 220,
            borderRadius: 4,
            fontSize: 22,
            color: colour.strong,
          }}
        />
        {'{% else %}'}
        <span
          className="strong"
          style={{
            fontSize: 22,
            lineHeight: '30px',
            fontWeight: 700,
            letterSpacing: '-0.01em',
            color: colour.strong,
          }}
        >
          {'{{ shop.name }}'}
        </span>
        {'{% endif %}'}
      </Link>
    </Section>
  );
}

const small = { margin: '0 0 8px', fontSize: 13, lineHeight: '20px', color: colour.muted };

function Footer({ common }: { common: Catalogue['common'] }) {
  return (
    <Section className="pad" style={{ padding: '26px 44px 40px', textAlign: 'center' }}>
      <Text className="muted" style={small}>
        {`{% if mail.marketing %}${common.whyMarketing}{% else %}${common.whyTransactional}{% endif %}`}
      </Text>
      <When test="links.unsubscribe">
        <Text className="muted" style={small}>
          <Link href="{{ links.unsubscribe }}" style={{ color: colour.muted, textDecoration: 'underline' }}>
            {common.unsubscribe}
          </Link>
        </Text>
      </When>
      <Text className="muted" style={{ ...small, margin: 0 }}>
        {'{{ shop.name }}{% if shop.address %} · {{ shop.address }}{% endif %}'}
      </Text>
    </Section>
  );
}
