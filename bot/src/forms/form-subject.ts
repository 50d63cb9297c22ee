import { z } from 'zod';

const channel = z.string().regex(/^[CDG][A-Z0-9]{1,30}$/);
const ts = z.string().regex(/^\d{1,15}\.\d{1,10}$/);

/** The channel that a form was opened in, and the message that it is about. */
export const FromMessage = z.object({ channel: channel.optional(), message: ts.optional() });
export type FromMessage = Readonly<z.output<typeof FromMessage>>;

export const OfIncident = FromMessage.extend({ incident: z.string().regex(/^inc-[a-z0-9]{6,32}$/) });
export const OfKillSwitch = z.object({ on: z.enum(['on', 'off']) });
