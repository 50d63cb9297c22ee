import { z } from 'zod';

/** What follows a slash command, as Slack sends it. https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const SlashPayload = z.object({
  command: z.string().max(40),
  text: z.string().max(8000).default(''),
  user_id: z.string().max(40),
  channel_id: z.string().max(40),
  response_url: z.url().max(1000),
  trigger_id: z.string().max(200),
});
export type SlashPayload = Readonly<z.output<typeof SlashPayload>>;
