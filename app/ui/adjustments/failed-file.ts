import type { FailedLine } from '~/modules/loyalty/types';
import { formatCsv } from '~/platform/csv';
import { t } from '../i18n';

/** The lines of a batch that failed as CSV, with columns that can be uploaded again once they are corrected. */
export function failedFile(lines: FailedLine[]): string {
  return formatCsv([
    ['line', 'customer', 'points', 'posted', 'problem'],
    ...lines.map(({ line, who, points, posted, problem }) => [
      line,
      who ?? '',
      points ?? '',
      posted,
      t(`adjustments.problem.${problem}`, { posted: -posted }),
    ]),
  ]);
}
