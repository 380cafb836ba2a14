import { Heading, Text } from '@react-email/components';
import { colour } from '../theme';

export function MailHeading({ children }: { children: string }) {
  return (
    <Heading
      as="h1"
      className="strong heading"
      style={{
        margin: '0 0 16px',
        fontSize: 29,
        lineHeight: 1.25,
        fontWeight: 700,
        letterSpacing: '-0.02em',
        color: colour.strong,
      }}
    >
      {children}
    </Heading>
  );
}

export function Paragraphs({ lines }: { lines: string[] }) {
  return lines.map((line, index) => (
    <Text
      key={index}
      className="body"
      style={{ margin: '0 0 14px', fontSize: 16, lineHeight: 1.6, color: colour.body }}
    >
      {line}
    </Text>
  ));
}
