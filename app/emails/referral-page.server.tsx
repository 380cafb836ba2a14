import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { MailLocale } from '~/modules/messaging/types';
import { PublicPage, type Brand } from './public-page';
import { catalogue } from './words';

/** What a friend is offered, as it is written in their language. */
export interface OfferWords {
  offer: string; // "10,00 €" or "10 %"
  minimum: string | null;
  friend: string | null; // the advocate's first name
}

export interface ReferralPageProps {
  locale: MailLocale;
  brand: Brand | null;
  offer: OfferWords | null;
  view:
    | { kind: 'offer'; email?: string; invalid?: boolean }
    | { kind: 'claimed'; code: string; from: string | null; until: string | null }
    | { kind: 'making' | 'refused' | 'blocked' | 'ended' | 'over' | 'busy' | 'gone' };
}

/** The page behind a referral link: works without script, on a phone first. */
export function renderReferralPage(props: ReferralPageProps): string {
  return `<!DOCTYPE html>${renderToStaticMarkup(<Page {...props} />)}`;
}

/** The words beside the box, as they are kept with the consent. */
export function consentWording(locale: MailLocale, brand: Brand): string {
  return catalogue(locale).referralPage.consent.replaceAll('{{ shop }}', brand.name);
}

function Page(props: ReferralPageProps) {
  const { locale, brand, offer, view } = props;
  const words = catalogue(locale).referralPage;
  const values: Record<string, string> = {
    shop: brand?.name ?? '',
    offer: offer?.offer ?? '',
    minimum: offer?.minimum ?? '',
    friend: offer?.friend ?? words.someone,
  };
  const say = (text: string): string =>
    text.replace(/\{\{ (\w+) \}\}/g, (_, name: string) => values[name] ?? '');
  const frame = { locale, brand, title: say(brand ? words.title : words.goneHeading) };
  return (
    <PublicPage {...frame} visit={view.kind === 'offer' ? null : say(words.visit)}>
      {view.kind === 'offer' ? (
        <Offer view={view} words={words} say={say} hasMinimum={offer?.minimum != null} />
      ) : view.kind === 'claimed' ? (
        <Text heading={words.claimedHeading} text={say(words.claimedText)}>
          <strong className="code">{view.code}</strong>
          {view.from !== null && <p className="small">{words.from.replace('{{ date }}', view.from)}</p>}
          {view.until !== null && <p className="small">{words.until.replace('{{ date }}', view.until)}</p>}
        </Text>
      ) : (
        <Text heading={words[`${view.kind}Heading`]} text={say(words[`${view.kind}Text`])} />
      )}
    </PublicPage>
  );
}

interface OfferProps {
  view: Extract<ReferralPageProps['view'], { kind: 'offer' }>;
  words: ReturnType<typeof catalogue>['referralPage'];
  say: (text: string) => string;
  hasMinimum: boolean;
}

function Offer({ view, words, say, hasMinimum }: OfferProps) {
  return (
    <Text heading={say(words.offerHeading)} text={say(words.offerText)}>
      {hasMinimum && <p className="small">{say(words.minimum)}</p>}
      <form method="post" noValidate={false}>
        <div className="field">
          <label htmlFor="email">{words.email}</label>
          <input
            id="email"
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            required
            maxLength={254}
            defaultValue={view.email}
            {...(view.invalid && { 'aria-invalid': true, 'aria-describedby': 'email-error' })}
          />
          {view.invalid && (
            <p className="bad" id="email-error" role="alert">
              {words.emailInvalid}
            </p>
          )}
        </div>
        <div className="check">
          <input id="consent" name="consent" type="checkbox" value="yes" />
          <label htmlFor="consent">{say(words.consent)}</label>
        </div>
        <button type="submit" className="first">
          {words.claim}
        </button>
      </form>
    </Text>
  );
}

function Text({ heading, text, children }: { heading: string; text: string; children?: ReactNode }) {
  return (
    <>
      <h1>{heading}</h1>
      <p>{text}</p>
      {children}
    </>
  );
}
