import { createContext, useContext, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { PublicPage, type Brand } from '~/emails/public-page';
import { partnerWords, type PartnerLocale, type PartnerWords } from './words';

const style = `
main { max-width: 720px; text-align: left; }
body { place-items: start center; grid-template-columns: minmax(0, 1fr); }
h2 { margin: 32px 0 8px; font-size: 18px; color: var(--strong); }
label { display: grid; gap: 4px; font-weight: 600; color: var(--strong); }
label small { font-weight: 400; color: var(--body); }
input, textarea { font: inherit; width: 100%; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: var(--strong); }
input:focus-visible, textarea:focus-visible { outline: 3px solid currentColor; outline-offset: 1px; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 16px; margin: 16px 0; }
dt { font-size: 14px; } dd { margin: 0; font-size: 20px; font-weight: 700; color: var(--strong); }
.table { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-size: 15px; }
th, td { text-align: left; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--strong); } .number { text-align: right; white-space: nowrap; }
.note { border-left: 4px solid var(--brand); padding-left: 12px; } .error { color: var(--strong); font-weight: 600; }
ul, ol { margin: 0 0 20px; padding-left: 24px; } ul.small { font-size: 14px; }
@media (max-width: 560px) {
  .stacked { position: relative; } .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked tbody, .stacked tr { display: block; } .stacked tr { padding: 8px 0; border-bottom: 1px solid var(--line); }
  .stacked td { display: flex; justify-content: space-between; gap: 16px; padding: 2px 0; border: 0; text-align: right; }
  .stacked td::before { content: attr(data-title); text-align: left; font-weight: 600; color: var(--strong); }
}
figure { margin: 16px 0; } figcaption { font-weight: 600; color: var(--strong); } svg { display: block; width: 100%; max-width: 440px; height: auto; }
.bar { fill: var(--brand); } .axis { stroke: var(--line); } svg text { fill: var(--body); font-size: 11px; }
summary { cursor: pointer; margin: 8px 0; }
code { font-size: 16px; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 8px 16px; } nav + h1 { margin-top: 16px; } nav form { margin: 0; } .pager { justify-content: space-between; margin-top: 16px; }
button.link { width: auto; padding: 0; border: 0; background: none; color: inherit; text-decoration: underline; font-weight: 400; }
`;

const WordsContext = createContext<PartnerWords>(partnerWords({ mail: 'en', format: 'en' }));

/** The words of the page's language. */
export function useWords(): PartnerWords {
  return useContext(WordsContext);
}

/** A page for affiliates as HTML: no script, in the shop's colours and the reader's language. */
export function renderPartnerPage(input: {
  locale: PartnerLocale;
  title: string;
  brand: Brand | null;
  content: ReactNode;
}): string {
  const { locale, title, brand, content } = input;
  const page = (
    <PublicPage locale={locale.mail} title={title} brand={brand} style={style}>
      <WordsContext.Provider value={partnerWords(locale)}>{content}</WordsContext.Provider>
    </PublicPage>
  );
  return `<!DOCTYPE html>${renderToStaticMarkup(page)}`;
}

export interface Column {
  title: string;
  number?: boolean;
}

const fitsPhone = 3; // columns

/**
 * A table; on a phone one of many columns shows its rows one below the other. The roles say what the layout no longer does.
 */
export function Table({ caption, columns, rows }: { caption: string; columns: Column[]; rows: string[][] }) {
  return (
    <div className="table" tabIndex={0} role="region" aria-label={caption}>
      <table role="table" className={columns.length > fitsPhone ? 'stacked' : undefined}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, number }) => (
              <th key={title} role="columnheader" scope="col" className={number ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((cells, index) => (
            <tr key={index} role="row">
              {cells.map((cell, at) => (
                <td
                  key={at}
                  role="cell"
                  data-title={columns[at]?.title}
                  className={columns[at]?.number ? 'number' : undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
