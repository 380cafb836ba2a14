import de from '../../../extensions/loyalty-checkout/locales/de.json';
import en from '../../../extensions/loyalty-checkout/locales/en.default.json';
import fr from '../../../extensions/loyalty-checkout/locales/fr.json';

export const catalogues = { en, de, fr };
