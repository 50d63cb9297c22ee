import { typedText, withoutMention } from '../commands/words/slack-entities.ts';

/** What somebody said to the bot. */
export type Spoken =
  | { readonly kind: 'nothing' }
  /** To be kept in the timeline of the thread's incident. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'question'; readonly text: string };

/** As many characters as a question may have. */
const longest = 2000;

const greeting = /^(?:hi|hey|hello|help|thanks?|thank you|good (?:morning|evening|afternoon)|yo)?[!.,?\s]*$/i;
const noteFirst =
  /^(?:please )?(?:add (?:this )?to (?:the )?timeline|timeline|for the timeline|note)\s*[:,–—-]\s*(?<text>\S[\s\S]*)$/i;
const noteLast = /^(?:please )?add (?<text>\S[\s\S]*?) to (?:the )?timeline[.!]?$/i;

/** Reads what was said to the bot, which it was mentioned in or not. */
export function spokenIn(text: string, botUser: string): Spoken {
  const own =
    botUser === '' ? text.replace(/^\s*<@[UW][A-Z0-9]{1,30}(?:\|[^<>]*)?>[,:]?/, '') : withoutMention(text, botUser);
  const said = typedText(own).trim().slice(0, longest);
  if (greeting.test(said)) return { kind: 'nothing' };
  const note = (noteFirst.exec(said) ?? noteLast.exec(said))?.groups?.['text'];
  return note === undefined ? { kind: 'question', text: said } : { kind: 'note', text: note.trim() };
}

const asks =
  /^(?:(?:and|but|so|ok|okay|jamie)[,:]?\s+)*(?:why|what|who|which|where|when|how|is|are|does|do|did|has|have|can|could|show|list|explain|diagnose|logs? of|status)\b/i;

/**
 * Whether a plain reply in a thread may be meant for the bot: people talk to each other there too. What begins with
 * somebody's name, or mentions the bot (which Slack tells by another event), is not.
 */
export function maySpeakToBot(text: string, botUser: string): boolean {
  const said = text.trim();
  if (said.startsWith('<@') || (botUser !== '' && said.includes(`<@${botUser}`))) return false;
  if (said.length > longest) return false;
  const spoken = spokenIn(said, botUser);
  if (spoken.kind !== 'question') return spoken.kind === 'note';
  return spoken.text.endsWith('?') || asks.test(spoken.text);
}
