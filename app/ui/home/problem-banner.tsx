import { Banner, List } from '@shopify/polaris';
import type { Problems } from '~/modules/insights/types';
import { t } from '../i18n';

const kinds = ['deadDeliveries', 'unknownMails', 'failedMails', 'failedImports'] as const;

/** What needs a look, in one banner; nothing when all is well. */
export function ProblemBanner({ problems }: { problems: Problems }) {
  const present = kinds.filter((kind) => problems[kind] > 0);
  if (present.length === 0) return null;
  return (
    <Banner
      tone="critical"
      title={t('home.problems.title')}
      action={{ content: t('home.problems.action'), url: '/app/health' }}
    >
      <List>
        {present.map((kind) => (
          <List.Item key={kind}>{t(`home.problems.${kind}`, { count: problems[kind] })}</List.Item>
        ))}
      </List>
    </Banner>
  );
}
