import { useLocation } from '@remix-run/react';
import { Banner, Link, List } from '@shopify/polaris';
import type { Problems } from '~/modules/insights/types';
import { t } from '../i18n';

/** Where each problem is looked at. */
const places = {
  deadDeliveries: '/app/health',
  unknownMails: '/app/messages?tab=unknown',
  failedMails: '/app/messages?tab=failed',
  failedImports: '/app/health',
  brokenLedger: '/app/health',
} as const satisfies Record<keyof Problems, string>;
const kinds = ['deadDeliveries', 'unknownMails', 'failedMails', 'failedImports', 'brokenLedger'] as const;

/** Whether something needs a look. */
export function hasProblems(problems: Problems): boolean {
  return kinds.some((kind) => problems[kind] > 0);
}

/** What needs a look, in one banner, each with the way there; nothing when all is well. */
export function ProblemBanner({ problems }: { problems: Problems }) {
  const { pathname } = useLocation();
  if (!hasProblems(problems)) return null;
  return (
    <Banner tone="critical" title={t('home.problems.title')}>
      <List>
        {kinds
          .filter((kind) => problems[kind] > 0)
          .map((kind) => {
            const text = t(`home.problems.${kind}`, { count: problems[kind] });
            return (
              <List.Item key={kind}>
                {places[kind] === pathname ? text : <Link url={places[kind]}>{text}</Link>}
              </List.Item>
            );
          })}
      </List>
    </Banner>
  );
}
