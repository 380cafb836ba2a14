import type { Mail } from './world';

/** Where its links lead. */
export function linksOf(mail: Mail | undefined): string[] {
  return [...(mail?.html ?? '').matchAll(/href="([^"]+)"/g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
}

export function headerOf(mail: Mail | undefined, name: string): string | undefined {
  return mail?.headers.find((header) => header.name.toLowerCase() === name)?.value;
}

/** Text as it stands in HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}
