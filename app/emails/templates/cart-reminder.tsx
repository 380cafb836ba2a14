import { ActionButton } from '../blocks/action-button';
import { CartLines } from '../blocks/cart-lines';
import { PointsBox } from '../blocks/points-box';
import { MailHeading, Paragraphs } from '../blocks/text';
import type { TemplateProps } from './props';

/** A cart left behind: what is in it, and the way back to it. */
export function CartReminder({ words, common }: TemplateProps) {
  return (
    <>
      <MailHeading>{words.heading}</MailHeading>
      <Paragraphs lines={words.body} />
      <CartLines common={common} />
      <ActionButton href="{{ links.cart }}">{words.button}</ActionButton>
      <PointsBox common={common} />
      <Paragraphs lines={words.closing} />
    </>
  );
}
