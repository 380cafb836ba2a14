import type { Catalogue } from '../words';
import { When } from './liquid';
import { TintedBox } from './tinted-box';

interface PointsBoxProps {
  common: Catalogue['common'];
  /** Without the line that they can wait. */
  bare?: boolean;
}

/** The points a customer may spend; nothing at all when there are none. */
export function PointsBox({ common, bare = false }: PointsBoxProps) {
  const note = bare ? {} : { note: common.pointsNote };
  return (
    <When test="points.positive">
      <TintedBox label={common.pointsLabel} value={common.points} {...note} />
    </When>
  );
}
