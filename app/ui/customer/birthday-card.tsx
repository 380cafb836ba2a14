import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import type { ProfileActionResult } from './types';
import { useAnswer } from '../use-answer';

interface Birthday {
  month: number;
  day: number;
}

/** The day and month a customer was born, and a form to tell it. */
export function BirthdayCard({ birthday }: { birthday: Birthday | null }) {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <CardTitle>{t('birthday.title')}</CardTitle>
          <Button variant="plain" onClick={() => setOpen(!open)} ariaExpanded={open}>
            {birthday ? t('birthday.change') : t('birthday.add')}
          </Button>
        </InlineStack>
        <Text as="p" tone={birthday ? undefined : 'subdued'}>
          {birthday ? `${birthday.day} ${monthName(birthday.month)}` : t('birthday.none')}
        </Text>
        {open && <BirthdayForm birthday={birthday} onDone={() => setOpen(false)} />}
      </BlockStack>
    </Card>
  );
}

function BirthdayForm({ birthday, onDone }: { birthday: Birthday | null; onDone: () => void }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ProfileActionResult>();
  const [month, setMonth] = useState(String(birthday?.month ?? 1));
  const [day, setDay] = useState(String(birthday?.day ?? 1));
  const result = fetcher.data;
  const error = result && 'errors' in result ? result.errors.birthday : undefined;
  useAnswer(result, (answer) => {
    if (!('done' in answer)) return;
    shopify.toast.show(t('birthday.saved'));
    onDone();
  });
  const loading = fetcher.state !== 'idle';
  return (
    <fetcher.Form method="post">
      <BlockStack gap="300">
        <FormLayout>
          <FormLayout.Group condensed>
            <Select
              label={t('birthday.day')}
              name="day"
              options={upTo(31).map((value) => ({ value, label: value }))}
              value={day}
              error={error}
              onChange={setDay}
            />
            <Select
              label={t('birthday.month')}
              name="month"
              options={upTo(12).map((value) => ({ value, label: monthName(Number(value)) }))}
              value={month}
              onChange={setMonth}
            />
          </FormLayout.Group>
        </FormLayout>
        <Text as="p" tone="subdued" variant="bodySm">
          {t('birthday.help')}
        </Text>
        <InlineStack gap="200">
          <input type="hidden" name="intent" value="birthday" />
          <Button submit loading={loading}>
            {t('common.save')}
          </Button>
          {birthday && (
            <Button
              variant="plain"
              tone="critical"
              disabled={loading}
              onClick={() => fetcher.submit({ intent: 'noBirthday' }, { method: 'post' })}
            >
              {t('birthday.remove')}
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </fetcher.Form>
  );
}

function upTo(last: number): string[] {
  return Array.from({ length: last }, (_, index) => String(index + 1));
}

function monthName(month: number): string {
  return new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1));
}
