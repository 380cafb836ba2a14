import type { Brand } from '~/emails/public-page';
import type { Programme } from '~/modules/affiliates/types';
import { t } from '../i18n';
import { renderPartnerPage } from './frame.server';

export interface ProgrammePageProps {
  brand: Brand;
  programme: Pick<Programme, 'title' | 'intro' | 'isOpen'>;
  view: 'ask' | 'applied' | 'asked';
  /** What was written, where it has to be corrected. */
  filled?: Record<string, string>;
  error?: string;
}

/** Where people apply, and where partners ask for a link into their portal. */
export function renderProgrammePage(props: ProgrammePageProps): string {
  const { brand, programme, view } = props;
  const title = programme.title ?? t('partners.title', { shop: brand.name });
  const content =
    view === 'ask' ? (
      <Ask {...props} title={title} />
    ) : (
      <>
        <h1>{t(`partners.${view}`)}</h1>
        <p role="status">{t(`partners.${view}Text`)}</p>
      </>
    );
  return renderPartnerPage({ title, brand, content });
}

function Ask({ brand, programme, filled = {}, error, title }: ProgrammePageProps & { title: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p style={{ whiteSpace: 'pre-line' }}>
        {programme.intro ?? t('partners.defaultIntro', { shop: brand.name })}
      </p>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      {programme.isOpen ? <Application filled={filled} /> : <p className="note">{t('partners.closed')}</p>}
      <h2>{t('partners.already')}</h2>
      <form method="post">
        <input type="hidden" name="intent" value="signIn" />
        <label>
          {t('partners.email')}
          <input type="email" name="email" required maxLength={320} autoComplete="email" />
        </label>
        <button className="second">{t('partners.ask')}</button>
      </form>
    </>
  );
}

function Application({ filled }: { filled: Record<string, string> }) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value="apply" />
      <label>
        {t('partners.name')}
        <input name="name" required maxLength={100} autoComplete="name" defaultValue={filled.name} />
      </label>
      <label>
        {t('partners.email')}
        <input
          type="email"
          name="email"
          required
          maxLength={320}
          autoComplete="email"
          defaultValue={filled.email}
        />
      </label>
      <label>
        {t('partners.website')}
        <input name="website" maxLength={500} autoComplete="url" defaultValue={filled.website} />
      </label>
      <label>
        {t('partners.about')}
        <textarea name="about" maxLength={2_000} rows={4} defaultValue={filled.about} />
      </label>
      <label>
        {t('partners.payoutTo')}
        <input name="payoutTo" maxLength={500} autoComplete="off" defaultValue={filled.payoutTo} />
        <small>{t('partners.payoutHelp')}</small>
      </label>
      <button className="first">{t('partners.apply')}</button>
    </form>
  );
}

/** Before a link of a mail is used: opening it changes nothing, because mail scanners open every link they find. */
export function renderEnterPage(): string {
  const content = (
    <>
      <h1>{t('partners.enter')}</h1>
      <p>{t('partners.enterText')}</p>
      <form method="post">
        <button className="first">{t('partners.enterButton')}</button>
      </form>
    </>
  );
  return renderPartnerPage({ title: t('partners.enter'), brand: null, content });
}

/** For a link that leads nowhere (`goneLink`) or not any more (`gone`). */
export function renderGonePage(what: 'gone' | 'goneLink'): string {
  const content = (
    <>
      <h1>{t(`partners.${what}`)}</h1>
      <p>{t(`partners.${what}Text`)}</p>
    </>
  );
  return renderPartnerPage({ title: t(`partners.${what}`), brand: null, content });
}
