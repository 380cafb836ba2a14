import { chooseLocale, type ChosenLocale } from '~/modules/messaging/index.server';
import { languagesOf } from '~/platform/accept-language';

/** The language of a page for affiliates: what their browser asks for, otherwise the shop's, otherwise English. */
export function partnerLocale(language: string | null, shopLocale: string | null = null): ChosenLocale {
  return chooseLocale([...languagesOf(language), shopLocale]);
}
