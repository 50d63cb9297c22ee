import * as z from 'zod';
import { PageWords } from './page-words.ts';
import { Part, PartId } from './part.ts';
import { Line } from './span.ts';
import { TurnId, TurnView } from './turn-view.ts';

/** How the window stands, for what the page says before anything is asked. */
export const Standing = z.object({
  cluster: z.string().describe('its name; empty where none is chosen'),
  says: Line,
  suggestions: Line.describe('what could be asked or done now'),
});
export type Standing = Readonly<z.infer<typeof Standing>>;

export const ConversationView = z.object({ id: z.string(), title: z.string(), says: z.string(), current: z.boolean() });
export type ConversationView = Readonly<z.infer<typeof ConversationView>>;

export const Completion = z.object({ insert: z.string(), label: z.string(), says: z.string() });
export type Completion = Readonly<z.infer<typeof Completion>>;

/** What the host tells the page. It is parsed there: nothing else is shown. */
export const ToPage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    words: PageWords,
    standing: Standing,
    title: z.string(),
    turns: z.array(TurnView),
  }),
  z.object({ type: z.literal('standing'), standing: Standing }),
  z.object({ type: z.literal('conversation'), title: z.string(), turns: z.array(TurnView) }),
  z.object({ type: z.literal('title'), title: z.string() }),
  z.object({ type: z.literal('turn'), turn: TurnView }),
  z.object({
    type: z.literal('part'),
    turn: TurnId,
    part: Part,
    after: PartId.optional().describe('behind which it belongs, where it is new'),
  }),
  z.object({ type: z.literal('drop'), turn: TurnId, part: PartId }),
  z.object({ type: z.literal('ended'), turn: TurnId, how: TurnView.shape.how, says: z.string() }),
  z.object({ type: z.literal('forget'), turn: TurnId }),
  z.object({ type: z.literal('history'), conversations: z.array(ConversationView), says: z.string() }),
  z.object({ type: z.literal('completions'), asked: z.int(), items: z.array(Completion) }),
  z.object({ type: z.literal('compose'), text: z.string() }),
  z.object({ type: z.literal('tell'), text: z.string() }),
]);
export type ToPage = z.infer<typeof ToPage>;
