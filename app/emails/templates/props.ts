import type { Catalogue, MailWords } from '../words';

export interface TemplateProps {
  words: MailWords;
  common: Catalogue['common'];
}
