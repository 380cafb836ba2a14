import { randomInt } from 'node:crypto';
import type { RewardKind } from './reward';

const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'; // none that are mistaken for another

/** Random, so that nobody guesses it. Shopify's gift cards take 16 letters and numbers, nothing between. */
export function newCode(kind: RewardKind): string {
  const length = kind === 'gift_card' ? 16 : 12;
  const letters = Array.from({ length }, () => codeLetters[randomInt(codeLetters.length)]).join('');
  if (kind === 'gift_card') return letters;
  return `P-${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}
