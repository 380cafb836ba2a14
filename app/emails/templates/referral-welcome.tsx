import { ActionButton } from '../blocks/action-button';
import { MailHeading, Paragraphs } from '../blocks/text';
import { TintedBox } from '../blocks/tinted-box';
import type { TemplateProps } from './props';

/** The code of a friend who asked for it. */
export function ReferralWelcome({ words, common }: TemplateProps) {
  return (
    <>
      <MailHeading>{words.heading}</MailHeading>
      <Paragraphs lines={words.body} />
      <TintedBox label={common.codeLabel} value="{{ referral.code }}" note={common.codeNote} />
      <ActionButton href="{{ links.shop }}">{words.button}</ActionButton>
      <Paragraphs lines={words.closing} />
    </>
  );
}
