import type { ReactNode } from 'react';
import { readableOn } from './readable-on';

/** How a shop looks on a page its customers see. */
export interface PageBrand {
  name: string;
  logoUrl: string | null;
  color: string;
  url: string;
}

interface PublicPageProps {
  locale: string;
  title: string;
  brand: PageBrand | null;
  /** Further rules, for pages that hold more than a question. */
  style?: string;
  children: ReactNode;
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

/** The frame of a page in the shop's colours outside of the shop: one document, no script, nothing loaded but its logo. */
export function PublicPage({ locale, title, brand, style = '', children }: PublicPageProps) {
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
        </main>
      </body>
    </html>
  );
}
