import { ActionButton } from '../blocks/action-button';
import { PointsBox } from '../blocks/points-box';
import { MailHeading, Paragraphs } from '../blocks/text';
import type { TemplateProps } from './props';

/** A few words and the way to the shop: a thank-you, a win-back. */
export function Letter({ words, common }: TemplateProps) {
  return (
    <>
      <MailHeading>{words.heading}</MailHeading>
      <Paragraphs lines={words.body} />
      <PointsBox common={common} />
      <ActionButton href="{{ links.shop }}">{words.button}</ActionButton>
      <Paragraphs lines={words.closing} />
    </>
  );
}
