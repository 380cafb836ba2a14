import { useState } from 'react';

/** Sentences by field; one of a list's is named after its place: `rates.0.value`. */
export type Mistakes = Record<string, string>;

/**
 * What stands in a form, and its mistakes. `findMistakes` is asked before anything is sent; a field that is being corrected is
 * not wrong until it is sent again.
 */
export function useDraftState<Draft extends object>(
  saved: Draft,
  findMistakes: (draft: Draft) => object | { errors: Mistakes },
) {
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<Mistakes>({});
  return {
    draft,
    errors,
    setErrors,
    dirty: JSON.stringify(draft) !== JSON.stringify(saved),
    change: (changes: Partial<Draft>) => {
      setDraft((current) => ({ ...current, ...changes }));
      setErrors((current) => withoutThoseOf(changes, current));
    },
    discard: () => {
      setDraft(saved);
      setErrors({});
    },
    check: (send: (draft: Draft) => void) => {
      const found = findMistakes(draft);
      if ('errors' in found) setErrors(found.errors);
      else send(draft);
    },
  };
}

function withoutThoseOf(changes: object, errors: Mistakes): Mistakes {
  const others = Object.entries(errors).filter(([name]) => !(name.replace(/\..*/, '') in changes));
  return Object.fromEntries(others);
}
