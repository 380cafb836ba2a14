import type { Note } from './use-redeem';
import type { Words } from './words';

/** What became of a press, told where screen readers hear it: the live region is there before the note is. */
export function NoteBanner({ note, words }: { note: Note | null; words: Words }) {
  return (
    <s-stack accessibilityRole="status">
      {note && <s-banner tone={note.tone}>{words.translate(note.sentence, note.values)}</s-banner>}
    </s-stack>
  );
}
