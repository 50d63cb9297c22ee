import * as z from 'zod';
import { CardButton, PartId } from './part.ts';
import { LinkId } from './span.ts';
import { TurnId } from './turn-view.ts';

/** As many characters as the agent takes. */
export const longestQuestion = 2000;

const conversation = z.string().regex(/^cnv-[a-z0-9]{6,32}$/);

/** What the page asks of the host. A page can be made to say anything, so it is parsed there. */
export const ToHost = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('ask'), text: z.string().trim().min(1).max(longestQuestion) }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('retry'), turn: TurnId }),
  z.strictObject({ type: z.literal('edit'), turn: TurnId }),
  z.strictObject({ type: z.literal('copy'), turn: TurnId }),
  z.strictObject({ type: z.literal('follow'), link: LinkId }),
  z.strictObject({ type: z.literal('more'), turn: TurnId, part: PartId }),
  z.strictObject({ type: z.literal('press'), turn: TurnId, part: PartId, button: CardButton }),
  z.strictObject({ type: z.literal('begin') }),
  z.strictObject({ type: z.literal('history'), words: z.string().trim().max(200) }),
  z.strictObject({ type: z.literal('open'), conversation }),
  z.strictObject({ type: z.literal('rename'), conversation }),
  z.strictObject({ type: z.literal('remove'), conversation }),
  z.strictObject({ type: z.literal('export'), conversation }),
  z.strictObject({
    type: z.literal('complete'),
    asked: z.int().min(0),
    mark: z.enum(['/', '#']),
    text: z.string().max(300),
  }),
]);
export type ToHost = z.infer<typeof ToHost>;
