/** Colours of the mails. The shop's own colour is a placeholder, filled in per shop. */
export const colour = {
  page: '#f3f4f2',
  card: '#ffffff',
  strong: '#1d2320',
  body: '#3c4540',
  muted: '#65706a',
  line: '#e3e7e4',
  tint: '#f6f8f6',
};

export const font =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Clients that know dark mode get these; the others invert colours on their own, which the light ones survive. */
export const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; -webkit-text-size-adjust: 100%; }
a { text-underline-offset: 2px; }
img { -ms-interpolation-mode: bicubic; }
@media (max-width: 600px) {
  .outer { padding: 0 !important; }
  .card { border-radius: 0 !important; }
  .pad { padding-left: 24px !important; padding-right: 24px !important; }
  .heading { font-size: 25px !important; }
  .button { display: block !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #111413 !important; }
  .card { background-color: #1b201d !important; }
  .strong { color: #f2f5f3 !important; }
  .body { color: #d5dcd8 !important; }
  .muted, .muted a { color: #9fa9a3 !important; }
  .line { border-color: #333b36 !important; }
  .tint { background-color: #232a26 !important; }
  .logo { background-color: #ffffff !important; }
}
[data-ogsc] .strong { color: #f2f5f3 !important; }
[data-ogsc] .body { color: #d5dcd8 !important; }
[data-ogsc] .muted { color: #9fa9a3 !important; }
[data-ogsb] .page { background-color: #111413 !important; }
[data-ogsb] .card { background-color: #1b201d !important; }
[data-ogsb] .tint { background-color: #232a26 !important; }
`;
