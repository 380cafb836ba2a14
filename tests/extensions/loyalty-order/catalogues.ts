import de from '../../../extensions/loyalty-order/locales/de.json';
import en from '../../../extensions/loyalty-order/locales/en.default.json';
import fr from '../../../extensions/loyalty-order/locales/fr.json';

export const catalogues = { en, de, fr };
