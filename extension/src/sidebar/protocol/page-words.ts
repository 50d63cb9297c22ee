import * as z from 'zod';

const word = z.string();

/** The words that the page says of itself, in the language of the window. `{0}` stands for a number or a name. */
export const PageWords = z.object({
  conversation: word,
  question: word,
  placeholder: word,
  send: word,
  stop: word,
  working: word,
  stopped: word,
  failed: word,
  retry: word,
  edit: word,
  copy: word,
  history: word,
  begin: word,
  search: word,
  noConversations: word,
  open: word,
  rename: word,
  remove: word,
  export: word,
  close: word,
  more: word,
  evidence: word,
  symptoms: word,
  steps: word,
  avoid: word,
  fix: word,
  before: word,
  after: word,
  nothing: word,
  moreFields: word,
  suggestions: word,
  you: word,
  jamie: word,
  completions: word,
  chooseHint: word,
});
export type PageWords = Readonly<z.infer<typeof PageWords>>;
