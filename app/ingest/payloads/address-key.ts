interface Place {
  address1: string | null;
  address2: string | null;
  zip: string | null;
  city: string | null;
  country_code: string | null;
}

/** What people write now and then, and what means the same written out. */
const words: Readonly<Record<string, string>> = {
  street: 'st',
  strasse: 'str',
  avenue: 'ave',
  road: 'rd',
  boulevard: 'blvd',
  drive: 'dr',
  lane: 'ln',
  apartment: '',
  apt: '',
  unit: '',
  suite: '',
  no: '',
};

/**
 * Where a parcel goes, written one way: without capitals, accents, punctuation and the words for a street or a flat that are
 * spelled in several ways; the town only where there is no postcode. Null for what names no door. Two equal keys are one
 * door; people of one door are not always one person. Never stored: only a keyed hash of it is.
 */
export function addressKey(place: Place | null): string | null {
  if (place === null) return null;
  const street = plain(`${place.address1 ?? ''} ${place.address2 ?? ''}`);
  const town = plain(place.zip ?? '') || plain(place.city ?? '');
  if (street === '' || town === '') return null;
  return `${street}|${town.replaceAll(' ', '')}|${place.country_code?.toLowerCase() ?? ''}`;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(\p{L}{3,})(?:strasse|str)\b/gu, '$1str') // Lindenstraße, Lindenstr.
    .split(' ')
    .map((word) => words[word] ?? word)
    .filter((word) => word !== '')
    .join(' ');
}
