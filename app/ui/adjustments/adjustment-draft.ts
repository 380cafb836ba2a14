import { z } from 'zod';
import { mostLines, readAdjustmentFile, type BatchSource } from '~/modules/loyalty/types';
import { t } from '../i18n';

export const adjustmentSources = ['file', 'tier', 'orders'] as const;

/** The form as it is filled in. */
export interface AdjustmentDraft {
  source: (typeof adjustmentSources)[number];
  name: string; // of the file
  text: string; // of the file
  tier: string;
  since: string;
  points: string;
  reason: string;
}

export type AdjustmentErrors = Partial<Record<'file' | 'tier' | 'since' | 'points' | 'reason', string>>;

export const emptyAdjustment: AdjustmentDraft = {
  source: 'file',
  name: '',
  text: '',
  tier: '',
  since: '',
  points: '',
  reason: '',
};

const mostPoints = 1_000_000;
const draftSchema = z.object({
  source: z.enum(adjustmentSources),
  name: z.string(),
  text: z.string(),
  tier: z.string(),
  since: z.string(),
  points: z.string(),
  reason: z.string(),
});

/** What a filled-in form asks for, or what has to be corrected in it. The same in the browser and in the action. */
export function findAdjustmentMistakes(
  input: unknown,
): { errors: AdjustmentErrors } | { source: BatchSource; reason: string } {
  const draft = draftSchema.parse(input);
  const reason = draft.reason.trim();
  const errors: AdjustmentErrors =
    reason === '' || reason.length > 500 ? { reason: t('adjustments.form.reasonMissing') } : {};
  const source = sourceOf(draft, errors);
  return source && Object.keys(errors).length === 0 ? { source, reason } : { errors };
}

function sourceOf(draft: AdjustmentDraft, errors: AdjustmentErrors): BatchSource | null {
  if (draft.source === 'file') return fileOf(draft, errors);
  const points = pointsOf(draft.points);
  if (points === null) errors.points = t('adjustments.form.pointsInvalid');
  if (draft.source === 'tier') {
    if (!/^\d{1,9}$/.test(draft.tier)) errors.tier = t('adjustments.form.tierMissing');
    return { kind: 'tier', tierId: Number(draft.tier), points: points ?? 0 };
  }
  if (!z.iso.date().safeParse(draft.since).success) errors.since = t('adjustments.form.sinceMissing');
  return { kind: 'orders', since: draft.since, points: points ?? 0 };
}

function fileOf({ name, text }: AdjustmentDraft, errors: AdjustmentErrors): BatchSource | null {
  if (name === '') {
    errors.file = t('adjustments.form.fileMissing');
    return null;
  }
  const file = readAdjustmentFile(text);
  if ('problem' in file) {
    errors.file = t(`adjustments.file.${file.problem}`, { line: file.line ?? 1, lines: mostLines });
    return null;
  }
  const first = file.lines.find(({ problem }) => problem !== null);
  if (first?.problem && file.lines.every(({ problem }) => problem !== null)) {
    const why = t(`adjustments.problem.${first.problem}`);
    errors.file = t('adjustments.file.nothingUsable', { line: first.line, why });
    return null;
  }
  return { kind: 'file', name, lines: file.lines };
}

function pointsOf(text: string): number | null {
  const plain = text.trim();
  const points = /^[+-]?\d{1,7}$/.test(plain) ? Number(plain) : 0;
  return points === 0 || Math.abs(points) > mostPoints ? null : points;
}
