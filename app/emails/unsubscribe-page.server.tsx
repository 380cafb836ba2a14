import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { MailLocale } from '~/modules/messaging/types';
import { readableOn } from './readable-on';
import { catalogue } from './words';

export interface UnsubscribePageProps {
  view: 'ask' | 'done' | 'kept' | 'already-off' | 'test' | 'gone';
  locale: MailLocale;
  brand: { name: string; logoUrl: string | null; color: string; url: string } | null;
}

/** The page behind the unsubscribe link: one document, no script, nothing loaded but the shop's logo. */
export function renderUnsubscribePage(props: UnsubscribePageProps): string {
  return `<!DOCTYPE html>${renderToStaticMarkup(<Page {...props} />)}`;
}

const styleSheet = `
:root { color-scheme: light dark; --page: #f3f4f2; --card: #fff; --strong: #1d2320; --body: #3c4540; --line: #c9d0cb; }
@media (prefers-color-scheme: dark) { :root { --page: #111413; --card: #1b201d; --strong: #f2f5f3; --body: #d5dcd8; --line: #4a544d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--page); color: var(--body);
  font: 16px/1.6 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
main { width: 100%; max-width: 480px; background: var(--card); border-radius: 14px; padding: 36px 32px; text-align: center; }
header { font-weight: 700; font-size: 18px; color: var(--strong); margin-bottom: 24px; }
header img { max-height: 44px; max-width: 220px; border-radius: 4px; background: #fff; }
h1 { margin: 0 0 12px; font-size: 25px; line-height: 1.25; letter-spacing: -0.02em; color: var(--strong); }
p { margin: 0 0 20px; overflow-wrap: anywhere; }
form { display: grid; gap: 12px; margin-top: 8px; }
button { font: inherit; font-weight: 600; padding: 12px 20px; border-radius: 8px; border: 1px solid transparent; cursor: pointer; width: 100%; }
button:focus-visible, a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.first { background: var(--brand); color: var(--on-brand); }
.second { background: transparent; border-color: var(--line); color: var(--strong); }
a { color: inherit; }
`;

function Page({ view, locale, brand }: UnsubscribePageProps) {
  const words = catalogue(locale).unsubscribePage;
  const name = brand?.name ?? '';
  const say = (text: string) => text.replaceAll('{{ shop }}', name);
  const color = brand?.color ?? '#2f6f4e';
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{brand ? say(words.title) : words.goneHeading}</title>
        <style
          dangerouslySetInnerHTML={{
            __html: `${styleSheet}:root { --brand: ${color}; --on-brand: ${readableOn(color)}; }`,
          }}
        />
      </head>
      <body>
        <main>
          {brand && <header>{brand.logoUrl ? <img src={brand.logoUrl} alt={name} /> : name}</header>}
          <View view={view} words={words} say={say} />
          {brand && view !== 'ask' && (
            <p style={{ margin: '24px 0 0' }}>
              <a href={brand.url}>{say(words.visit)}</a>
            </p>
          )}
        </main>
      </body>
    </html>
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
