import { ActionButton } from '../blocks/action-button';
import { PointsBox } from '../blocks/points-box';
import { RewardLines } from '../blocks/reward-lines';
import { MailHeading, Paragraphs } from '../blocks/text';
import type { TemplateProps } from './props';

/** News about somebody's points: how many there are, and what they can buy. */
export function PointsLetter({ words, common }: TemplateProps) {
  return (
    <>
      <MailHeading>{words.heading}</MailHeading>
      <Paragraphs lines={words.body} />
      <PointsBox common={common} bare />
      <RewardLines common={common} />
      <ActionButton href="{{ links.shop }}">{words.button}</ActionButton>
      <Paragraphs lines={words.closing} />
    </>
  );
}
