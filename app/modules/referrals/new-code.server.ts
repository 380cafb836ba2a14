import { randomInt } from 'node:crypto';

const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'; // none that are mistaken for another

/** Random letters that are easy to read out and type. Each is worth almost 5 bits: 8 of them are 850,000 million codes. */
export function newCode(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** The code of a friend's offer. */
export function newOfferCode(): string {
  return `F-${newCode(4)}-${newCode(4)}-${newCode(4)}`;
}
