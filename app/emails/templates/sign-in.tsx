import { ActionButton } from '../blocks/action-button';
import { MailHeading, Paragraphs } from '../blocks/text';
import type { TemplateProps } from './props';

/** The way into the affiliates' portal. */
export function SignIn({ words }: TemplateProps) {
  return (
    <>
      <MailHeading>{words.heading}</MailHeading>
      <Paragraphs lines={words.body} />
      <ActionButton href="{{ links.signIn }}">{words.button}</ActionButton>
      <Paragraphs lines={words.closing} />
    </>
  );
}
