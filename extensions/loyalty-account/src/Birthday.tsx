import { useState } from 'preact/hooks';
import { post } from '../../shared/ask';
import { numberIn } from '../../shared/number-in';
import { isRecord } from '../../shared/read';

interface Note {
  tone: 'success' | 'critical';
  text: string;
}

/** A leap year: 29 February is a birthday too. */
const dateOf = (month: number, day: number) => new Date(Date.UTC(2024, month - 1, day));
const daysOf = (month: number) => (month === 0 ? 31 : dateOf(month + 1, 0).getUTCDate());
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** A form to tell one's birthday, once; `points` are what it brings each year, 0 where only other tiers get some. */
export function Birthday({ points }: { points: number }) {
  const { i18n } = shopify;
  const [month, setMonth] = useState(0);
  const [day, setDay] = useState(0);
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState<Note | null>(null);
  const why =
    points > 0
      ? i18n.translate('birthdayWhy', { count: points, points: i18n.formatNumber(points) })
      : i18n.translate('birthdayTiers');
  const isMissing = month === 0 || day === 0 || day > daysOf(month);

  function submit() {
    if (busy) return;
    if (isMissing) {
      setNote({ tone: 'critical', text: i18n.translate('birthdayMissing') });
      return;
    }
    setBusy(true);
    setNote(null);
    void tellBirthday(month, day)
      .catch((): Note => ({ tone: 'critical', text: i18n.translate('birthdayFailed') }))
      .then((told) => {
        setBusy(false);
        setNote(told);
      });
  }

  return (
    <s-section heading={i18n.translate('birthdayHeading')}>
      <s-stack gap="base">
        <s-stack accessibilityRole="status">
          {note && <s-banner tone={note.tone}>{note.text}</s-banner>}
        </s-stack>
        {note?.tone !== 'success' && (
          <>
            <s-text>{why}</s-text>
            <s-text color="subdued">{i18n.translate('birthdayOnce')}</s-text>
            <s-stack direction="inline" gap="base">
              <Choice label="day" values={upTo(daysOf(month))} value={day} choose={setDay} />
              <Choice
                label="month"
                values={upTo(12)}
                value={month}
                choose={setMonth}
                nameOf={(one) => i18n.formatDate(dateOf(one, 1), { month: 'long', timeZone: 'UTC' })}
              />
            </s-stack>
            <s-button variant="secondary" loading={busy} onClick={submit}>
              {i18n.translate('birthdaySave')}
            </s-button>
          </>
        )}
      </s-stack>
    </s-section>
  );
}

interface ChoiceProps {
  label: 'day' | 'month';
  values: number[];
  value: number; // 0: none yet
  choose: (value: number) => void;
  nameOf?: (value: number) => string;
}

function Choice({ label, values, value, choose, nameOf = String }: ChoiceProps) {
  const { i18n } = shopify;
  return (
    <s-select
      label={i18n.translate(label)}
      placeholder={i18n.translate('choose')}
      value={value === 0 ? '' : String(value)}
      onChange={({ currentTarget }) => choose(numberIn(currentTarget))}
    >
      {values.map((one) => (
        <s-option key={one} value={String(one)}>
          {nameOf(one)}
        </s-option>
      ))}
    </s-select>
  );
}

/** Says what became of it; rejects when that is not known, and telling the same again does no harm. */
async function tellBirthday(month: number, day: number): Promise<Note> {
  const { i18n } = shopify;
  const token = await shopify.sessionToken.get();
  const { status, answer } = await post('/api/shopper/birthday', token, { month, day });
  if (isRecord(answer) && answer['reason'] === 'told_before')
    return { tone: 'critical', text: i18n.translate('birthdayKnown') };
  if (status !== 200) throw new Error(`birthday: ${status}`);
  const date = i18n.formatDate(dateOf(month, day), { month: 'long', day: 'numeric', timeZone: 'UTC' });
  return { tone: 'success', text: i18n.translate('birthdayKept', { date }) };
}
