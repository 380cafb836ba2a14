import { Button, Section } from '@react-email/components';

export function ActionButton({ href, children }: { href: string; children: string }) {
  return (
    <Section style={{ padding: '14px 0 22px' }}>
      <Button
        href={href}
        className="button"
        style={{
          backgroundColor: '{{ shop.color }}',
          color: '{{ shop.onColor }}',
          borderRadius: 8,
          fontSize: 16,
          fontWeight: 600,
          lineHeight: '20px',
          padding: '15px 28px',
          textDecoration: 'none',
        }}
      >
        {children}
      </Button>
    </Section>
  );
}
