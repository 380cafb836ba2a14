import type { ReactNode } from 'react';
import { readableOn } from './readable-on';

/** A shop as its shoppers see it. */
export interface Brand {
  name: string;
  logoUrl: string | null;
  color: string;
  url: string;
}

interface PublicPageProps {
  locale: string;
  brand: Brand | null;
  title: string;
  /** The words of the way back to the shop; none: no way back. */
  visit?: string | null;
  /** Further rules, for pages that hold more than a question. */
  style?: string;
  children: ReactNode;
}

const styleSheet = `
:root { color-scheme: light dark; --page: #f3f4f2; --card: #fff; --strong: #1d2320; --body: #3c4540; --line: #c9d0cb; --field: #87928b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --page: #111413; --card: #1b201d; --strong: #f2f5f3; --body: #d5dcd8; --line: #4a544d; --field: #87928b; --bad: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--page); color: var(--body);
  font: 16px/1.6 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
main { width: 100%; max-width: 480px; background: var(--card); border-radius: 14px; padding: 36px 32px; text-align: center; }
@media (max-width: 400px) { main { padding: 28px 20px; } }
header { font-weight: 700; font-size: 18px; color: var(--strong); margin-bottom: 24px; }
header img { max-height: 44px; max-width: 220px; border-radius: 4px; background: #fff; }
h1 { margin: 0 0 12px; font-size: 25px; line-height: 1.25; letter-spacing: -0.02em; color: var(--strong); }
p { margin: 0 0 20px; overflow-wrap: anywhere; }
form { display: grid; gap: 12px; margin-top: 8px; }
button { font: inherit; font-weight: 600; padding: 12px 20px; border-radius: 8px; border: 1px solid transparent; cursor: pointer; width: 100%; }
button:focus-visible, a:focus-visible, input:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.first { background: var(--brand); color: var(--on-brand); }
.second { background: transparent; border-color: var(--line); color: var(--strong); }
a { color: inherit; }
.field { display: grid; gap: 6px; text-align: left; }
.field label { font-weight: 600; color: var(--strong); }
.field input { font: inherit; width: 100%; padding: 11px 12px; border: 1px solid var(--field); border-radius: 8px; background: var(--card); color: var(--strong); }
.check { display: grid; grid-template-columns: 24px 1fr; gap: 10px; align-items: start; text-align: left; font-size: 14px; line-height: 1.45; }
.check input { width: 20px; height: 20px; margin: 0; accent-color: var(--brand); }
.bad { color: var(--bad); font-weight: 600; margin: 0; text-align: left; }
.code { display: block; font: 700 22px/1.4 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.04em; color: var(--strong);
  border: 2px dashed var(--line); border-radius: 10px; padding: 14px 8px; margin: 0 0 20px; user-select: all; overflow-wrap: anywhere; }
.small { font-size: 14px; margin: 0; }
`;

/** A page for shoppers: one document, no script, nothing loaded but the shop's logo. Readable on a phone first. */
export function PublicPage({ locale, brand, title, visit = null, style = '', children }: PublicPageProps) {
  const color = brand?.color ?? '#2f6f4e';
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style
          dangerouslySetInnerHTML={{
            __html: `${styleSheet}:root { --brand: ${color}; --on-brand: ${readableOn(color)}; }${style}`,
          }}
        />
      </head>
      <body>
        <main>
          {brand && (
            <header>{brand.logoUrl ? <img src={brand.logoUrl} alt={brand.name} /> : brand.name}</header>
          )}
          {children}
          {brand && visit !== null && (
            <p style={{ margin: '24px 0 0' }}>
              <a href={brand.url}>{visit}</a>
            </p>
          )}
        </main>
      </body>
    </html>
  );
}
