import { ActionButton } from '../blocks/action-button';
import { PointsBox } from '../blocks/points-box';
import { MailHeading, Paragraphs } from '../blocks/text';
import { TintedBox } from '../blocks/tinted-box';
import type { TemplateProps } from './props';

/** Somebody's own link, to pass on: to copy, or in a mail that the button begins. */
export function ReferralInvitation({ words, common }: TemplateProps) {
  return (
    <>
      <MailHeading>{words.heading}</MailHeading>
      <Paragraphs lines={words.body} />
      <TintedBox label={common.linkLabel} value="{{ links.referral }}" long />
      <ActionButton href="{{ links.share }}">{words.button}</ActionButton>
      <PointsBox common={common} bare />
      <Paragraphs lines={words.closing} />
    </>
  );
}
