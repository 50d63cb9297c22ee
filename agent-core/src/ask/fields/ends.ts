/** One end of an order, and by what fields it is meant where the question names none. */
interface End {
  readonly words: RegExp;
  readonly isMost: boolean;
  readonly by: readonly string[];
}

/** What people call the ends of an order. */
export const ends: readonly End[] = [
  { words: /\b(?:oldest|longest (?:running|living|lived)|first created)\b/i, isMost: false, by: ['creation time'] },
  {
    words: /\b(?:newest|youngest|latest|most recent(?:ly (?:created|made|added))?|last created)\b/i,
    isMost: true,
    by: ['creation time'],
  },
  {
    words: /\b(?:biggest|largest|greatest)\b/i,
    isMost: true,
    by: ['size', 'replica', 'allocatable memory', 'memory limit'],
  },
  { words: /\b(?:smallest|tiniest)\b/i, isMost: false, by: ['size', 'replica', 'allocatable memory', 'memory limit'] },
  { words: /\b(?:highest|most|longest|hungriest|greediest)\b/i, isMost: true, by: [] },
  { words: /\b(?:lowest|least|fewest|shortest)\b/i, isMost: false, by: [] },
];
