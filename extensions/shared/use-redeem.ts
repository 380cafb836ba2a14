import { useRef, useState } from 'preact/hooks';
import type { Command, Got, Outcome } from './redeem';

/** What to tell: the key of a sentence and what it is about. */
export interface Note {
  tone: 'success' | 'info' | 'critical';
  sentence: string;
  values: { title: string; code: string };
}

export interface Redeeming {
  busy: string | null; // the reward that is being redeemed
  note: Note | null;
  choose: (reward: { id: string; title: string }, points?: number) => void;
  tell: (note: Note) => void;
}

const refusals: Record<string, string> = {
  too_few_points: 'tooFewPoints',
  limit_reached: 'limitReached',
  not_offered: 'notOffered',
  not_found: 'notOffered',
  guest: 'signInFirst',
  other_tier: 'otherTier',
  unclear: 'unclear',
};

/**
 * Redeeming a reward, one at a time. A press has a key that is kept until it is known what became of it, so that pressing
 * again after a lost answer spends nothing twice. `take` brings what one got somewhere and says which note tells of it.
 */
export function useRedeem(
  ask: (command: Command) => Promise<Outcome>,
  take: (got: Got) => Promise<Note>,
): Redeeming {
  const [busy, setBusy] = useState<string | null>(null);
  const [note, tell] = useState<Note | null>(null);
  const keysRef = useRef(new Map<string, string>());

  async function redeem({ id, title }: { id: string; title: string }, points?: number): Promise<Note> {
    const press = `${id} ${points}`; // another number of points is another command
    const key = keysRef.current.get(press) ?? newKey();
    keysRef.current.set(press, key);
    const say = (tone: Note['tone'], sentence: string): Note => ({
      tone,
      sentence,
      values: { title, code: '' },
    });
    let outcome: Outcome;
    try {
      outcome = await ask({ rewardId: id, key, ...(points !== undefined && { points }) });
    } catch {
      return say('critical', 'unreachable');
    }
    if (outcome.status === 'preparing') return say('info', 'preparing');
    keysRef.current.delete(press);
    if (outcome.status === 'refused') return say('critical', refusals[outcome.reason] ?? 'refused');
    return take(outcome);
  }

  return {
    busy,
    note,
    tell,
    choose: (reward, points) => {
      if (busy !== null) return;
      setBusy(reward.id);
      tell(null);
      void redeem(reward, points).then((told) => {
        setBusy(null);
        tell(told);
      });
    },
  };
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
