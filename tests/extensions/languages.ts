export type Language = 'en' | 'de' | 'fr';
export type Catalogues = Record<Language, Record<string, unknown>>;

/** What Shopify does with a catalogue: picks the plural by `count`, fills in the placeholders. */
export function translator(catalogues: Catalogues, language: Language) {
  return (key: string, options: Record<string, string | number | undefined> = {}): string => {
    const entry: unknown = Object.entries(catalogues[language]).find(([name]) => name === key)?.[1];
    const plural = new Intl.PluralRules(language).select(Number(options['count'] ?? 0));
    const text = typeof entry === 'string' ? entry : (entry as Record<string, string> | undefined)?.[plural];
    if (text === undefined) throw new Error(`no text for ${key} (${plural}) in ${language}`);
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
      if (options[name] === undefined) throw new Error(`${key} is not told ${name}`);
      return String(options[name]);
    });
  };
}

export function numberFormatter(language: Language) {
  return (value: number | bigint): string => new Intl.NumberFormat(language).format(value);
}

export function currencyFormatter(language: Language) {
  return (value: number | bigint, options: Intl.NumberFormatOptions = {}): string =>
    new Intl.NumberFormat(language, { style: 'currency', ...options }).format(value);
}

export function dateFormatter(language: Language) {
  return (date: Date, options: Intl.DateTimeFormatOptions = {}): string =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(date);
}

/** `balance.one` -> the placeholders in it. */
export function shapeOf(value: unknown, prefix = ''): [string, string[]][] {
  if (typeof value === 'string') return [[prefix, (value.match(/\{\{\w+\}\}/g) ?? []).sort()]];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    shapeOf(inner, prefix ? `${prefix}.${key}` : key),
  );
}

/** The tester's signals never change; the checkout's do. */
export function observable<T>(initial: T) {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get value() {
      return value;
    },
    get current() {
      return value;
    },
    subscribe(listener: (value: T) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy: async () => {},
    set(next: T) {
      value = next;
      for (const listener of listeners) listener(next);
    },
  };
}
