import type { Brand } from '~/emails/public-page';
import type { Programme } from '~/modules/affiliates/types';
import { renderPartnerPage, useWords } from './frame.server';
import { partnerWords, type PartnerLocale, type PartnerText } from './words';

export interface ProgrammePageProps {
  locale: PartnerLocale;
  brand: Brand;
  programme: Pick<Programme, 'title' | 'intro' | 'isOpen'>;
  view: 'ask' | 'applied' | 'asked';
  /** What was written, where it has to be corrected. */
  filled?: Record<string, string>;
  error?: PartnerText;
}

/** Where people apply, and where partners ask for a link into their portal. */
export function renderProgrammePage(props: ProgrammePageProps): string {
  const { locale, brand, programme, view } = props;
  const say = partnerWords(locale);
  const title = programme.title ?? say('title', { shop: brand.name });
  const content =
    view === 'ask' ? (
      <Ask {...props} title={title} />
    ) : (
      <>
        <h1>{say(view)}</h1>
        <p role="status">{say(`${view}Text`)}</p>
      </>
    );
  return renderPartnerPage({ locale, title, brand, content });
}

function Ask({ brand, programme, filled = {}, error, title }: ProgrammePageProps & { title: string }) {
  const say = useWords();
  return (
    <>
      <h1>{title}</h1>
      <p style={{ whiteSpace: 'pre-line' }}>{programme.intro ?? say('defaultIntro', { shop: brand.name })}</p>
      {error && (
        <p className="error" role="alert">
          {say(error)}
        </p>
      )}
      {programme.isOpen ? <Application filled={filled} /> : <p className="note">{say('closed')}</p>}
      <h2>{say('already')}</h2>
      <form method="post">
        <input type="hidden" name="intent" value="signIn" />
        <label>
          {say('email')}
          <input type="email" name="email" required maxLength={320} autoComplete="email" />
        </label>
        <button className="second">{say('ask')}</button>
      </form>
    </>
  );
}

function Application({ filled }: { filled: Record<string, string> }) {
  const say = useWords();
  return (
    <form method="post">
      <input type="hidden" name="intent" value="apply" />
      <label>
        {say('name')}
        <input name="name" required maxLength={100} autoComplete="name" defaultValue={filled.name} />
      </label>
      <label>
        {say('email')}
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
        {say('website')}
        <input name="website" maxLength={500} autoComplete="url" defaultValue={filled.website} />
      </label>
      <label>
        {say('about')}
        <textarea name="about" maxLength={2_000} rows={4} defaultValue={filled.about} />
      </label>
      <label>
        {say('payoutTo')}
        <input name="payoutTo" maxLength={500} autoComplete="off" defaultValue={filled.payoutTo} />
        <small>{say('payoutHelp')}</small>
      </label>
      <button className="first">{say('apply')}</button>
    </form>
  );
}

/** Before a link of a mail is used: opening it changes nothing, because mail scanners open every link they find. */
export function renderEnterPage(locale: PartnerLocale): string {
  const say = partnerWords(locale);
  const content = (
    <>
      <h1>{say('enter')}</h1>
      <p>{say('enterText')}</p>
      <form method="post">
        <button className="first">{say('enterButton')}</button>
      </form>
    </>
  );
  return renderPartnerPage({ locale, title: say('enter'), brand: null, content });
}

/** For a link that leads nowhere (`goneLink`) or not any more (`gone`). */
export function renderGonePage(what: 'gone' | 'goneLink', locale: PartnerLocale): string {
  const say = partnerWords(locale);
  const content = (
    <>
      <h1>{say(what)}</h1>
      <p>{say(`${what}Text`)}</p>
    </>
  );
  return renderPartnerPage({ locale, title: say(what), brand: null, content });
}
