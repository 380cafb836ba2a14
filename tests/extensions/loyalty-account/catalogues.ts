import de from '../../../extensions/loyalty-account/locales/de.json';
import en from '../../../extensions/loyalty-account/locales/en.default.json';
import fr from '../../../extensions/loyalty-account/locales/fr.json';

export const catalogues = { en, de, fr };
