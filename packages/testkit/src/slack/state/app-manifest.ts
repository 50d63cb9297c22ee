import { z } from 'zod';

const command = z.looseObject({
  command: z.string().startsWith('/').max(32),
  url: z.string().optional(),
  description: z.string().max(2000),
  usage_hint: z.string().max(1000).optional(),
  should_escape: z.boolean().optional(),
});
const shortcut = z.looseObject({
  name: z.string().max(24),
  type: z.enum(['message', 'global']),
  callback_id: z.string().max(255),
  description: z.string().max(150),
});

const prompt = z.looseObject({ title: z.string().min(1), message: z.string().min(1) });

/**
 * The part of an app manifest that decides what an app is sent and may do. What else stands there is kept and not looked
 * at; that a manifest is right as a whole is for Slack's own schema to say.
 * https://docs.slack.dev/reference/app-manifest
 */
export const AppManifest = z.looseObject({
  display_information: z.looseObject({ name: z.string().min(1).max(35) }),
  features: z
    .looseObject({
      app_home: z
        .looseObject({ home_tab_enabled: z.boolean().optional(), messages_tab_enabled: z.boolean().optional() })
        .optional(),
      bot_user: z.looseObject({ display_name: z.string().max(80) }).optional(),
      slash_commands: z.array(command).max(50).optional(),
      shortcuts: z.array(shortcut).max(10).optional(),
      unfurl_domains: z.array(z.string()).max(5).optional(),
      assistant_view: z.looseObject({}).optional(),
      agent_view: z
        .looseObject({
          agent_description: z.string().max(300).optional(),
          suggested_prompts: z.array(prompt).max(4).optional(),
          actions: z.array(z.looseObject({ name: z.string(), description: z.string() })).optional(),
        })
        .optional(),
    })
    .refine(
      ({ assistant_view: assistant, agent_view: agent }) => assistant === undefined || agent === undefined,
      'an app is an assistant or an agent',
    )
    .default({}),
  oauth_config: z.looseObject({
    redirect_urls: z.array(z.string()).optional(),
    scopes: z.looseObject({ bot: z.array(z.string()).default([]), user: z.array(z.string()).default([]) }),
  }),
  settings: z
    .looseObject({
      event_subscriptions: z
        .looseObject({ request_url: z.string().optional(), bot_events: z.array(z.string()).default([]) })
        .optional(),
      interactivity: z
        .looseObject({
          is_enabled: z.boolean(),
          request_url: z.string().optional(),
          message_menu_options_url: z.string().optional(),
        })
        .optional(),
      org_deploy_enabled: z.boolean().optional(),
      socket_mode_enabled: z.boolean().optional(),
      token_rotation_enabled: z.boolean().optional(),
    })
    .default({}),
});
export type AppManifest = z.infer<typeof AppManifest>;
