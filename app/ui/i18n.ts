import { createInstance } from 'i18next';
import en from './i18n/en.json';

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
  returnNull: false,
});

type Leaves<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Leaves<Node[Key]>}`;
}[keyof Node & string];
type WithoutPlural<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

/** Every text of the admin, by its place in `i18n/en.json`; a counted text by the name without `_one` or `_other`. */
export type TextKey = WithoutPlural<Leaves<typeof en>>;
type Values = Record<string, string | number>;

/** The text with `{{values}}` filled in; `count` chooses between one and many. */
export function t(key: TextKey, values?: Values): string {
  return i18n.t(key, { ...values });
}

/** Parts of the catalogue that name the values of a column. */
export type WordGroup = Extract<
  keyof typeof en,
  | 'cartState'
  | 'consentLevel'
  | 'consentSource'
  | 'earnTrigger'
  | 'emailState'
  | 'financialStatus'
  | 'importKind'
  | 'importReason'
  | 'importStatus'
  | 'flowTrigger'
  | 'language'
  | 'messageKind'
  | 'neededScope'
  | 'messageStatus'
  | 'privacyKind'
  | 'reason'
  | 'redemptionState'
  | 'referralEvidence'
  | 'referralState'
  | 'referralWhy'
  | 'rewardKind'
  | 'runExit'
  | 'template'
>;

/** A value of a column in words. One the catalogue does not know yet is shown with spaces, rather than not at all. */
export function word(
  group: WordGroup | 'flows.name' | 'flows.about' | 'flows.ground' | 'referrals.offer',
  value: string,
): string {
  const key = `${group}.${value}`;
  return i18n.exists(key) ? i18n.t(key) : value.replaceAll(/[_.]/g, ' ');
}
