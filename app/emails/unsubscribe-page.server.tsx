import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { MailLocale } from '~/modules/messaging/types';
import { PublicPage, type Brand } from './public-page';
import { catalogue } from './words';

export interface UnsubscribePageProps {
  view: 'ask' | 'done' | 'kept' | 'already-off' | 'test' | 'gone';
  locale: MailLocale;
  brand: Brand | null;
}

/** The page behind the unsubscribe link: one document, no script, nothing loaded but the shop's logo. */
export function renderUnsubscribePage(props: UnsubscribePageProps): string {
  return `<!DOCTYPE html>${renderToStaticMarkup(<Page {...props} />)}`;
}

function Page({ view, locale, brand }: UnsubscribePageProps) {
  const words = catalogue(locale).unsubscribePage;
  const say = (text: string) => text.replaceAll('{{ shop }}', brand?.name ?? '');
  return (
    <PublicPage
      locale={locale}
      brand={brand}
      title={brand ? say(words.title) : words.goneHeading}
      visit={view === 'ask' ? null : say(words.visit)}
    >
      <View view={view} words={words} say={say} />
    </PublicPage>
  );
}

interface ViewProps {
  view: UnsubscribePageProps['view'];
  words: ReturnType<typeof catalogue>['unsubscribePage'];
  say: (text: string) => string;
}

function View({ view, words, say }: ViewProps) {
  switch (view) {
    case 'ask':
      return (
        <Text heading={words.askHeading} text={say(words.askText)}>
          <form method="post">
            <Choice name="unsubscribe" className="first">
              {words.unsubscribe}
            </Choice>
            <Choice name="keep" className="second">
              {words.keep}
            </Choice>
          </form>
        </Text>
      );
    case 'done':
      return (
        <Text heading={words.doneHeading} text={say(words.doneText)}>
          <form method="post">
            <span>{words.undo}</span>
            <Choice name="keep" className="second">
              {words.keep}
            </Choice>
          </form>
        </Text>
      );
    case 'kept':
      return <Text heading={words.keptHeading} text={say(words.keptText)} />;
    case 'already-off':
      return <Text heading={words.doneHeading} text={say(words.alreadyOff)} />;
    case 'test':
      return <Text heading={words.testHeading} text={words.testText} />;
    case 'gone':
      return <Text heading={words.goneHeading} text={words.goneText} />;
  }
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

function Choice({ name, className, children }: { name: string; className: string; children: string }) {
  return (
    <button type="submit" name="intent" value={name} className={className}>
      {children}
    </button>
  );
}
