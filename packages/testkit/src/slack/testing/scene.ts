import { startSlack } from '../start-slack.ts';
import type { SlackOptions } from '../start-slack.ts';
import type { NewApp, SlackStandIn } from '../slack-stand-in.ts';
import { onTestFinished } from 'vitest';

/** Everything that the tests' app may do and hear. */
export const everything = {
  display_information: { name: 'Helper' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    bot_user: { display_name: 'helper' },
    slash_commands: [
      { command: '/jamie', description: 'Ask Jamie', should_escape: false },
      { command: '/names', description: 'With names', should_escape: true },
    ],
    shortcuts: [
      { name: 'Diagnose', type: 'message', callback_id: 'diagnose', description: 'Diagnose this' },
      { name: 'Open', type: 'global', callback_id: 'open', description: 'Open something' },
    ],
    unfurl_domains: ['ops.example.com'],
    assistant_view: { assistant_description: 'Helps' },
  },
  oauth_config: {
    redirect_urls: ['http://127.0.0.1/slack/oauth_redirect', 'https://bot.example.com/slack/oauth_redirect'],
    scopes: {
      bot: [
        'app_mentions:read',
        'assistant:write',
        'bookmarks:read',
        'bookmarks:write',
        'channels:history',
        'channels:join',
        'channels:manage',
        'channels:read',
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'groups:history',
        'groups:read',
        'im:history',
        'im:read',
        'im:write',
        'links:read',
        'links:write',
        'pins:read',
        'pins:write',
        'reactions:read',
        'reactions:write',
        'team:read',
        'users:read',
        'users:read.email',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'app_uninstalled',
        'assistant_thread_started',
        'channel_shared',
        'channel_unshared',
        'link_shared',
        'member_joined_channel',
        'message.channels',
        'message.groups',
        'message.im',
        'pin_added',
        'reaction_added',
        'tokens_revoked',
      ],
    },
    interactivity: { is_enabled: true },
  },
} as const;

export interface Scene {
  readonly slack: SlackStandIn;
  readonly team: ReturnType<SlackStandIn['addTeam']>;
  readonly ann: ReturnType<SlackStandIn['addUser']>;
  readonly general: ReturnType<SlackStandIn['addChannel']>;
  readonly app: ReturnType<SlackStandIn['addApp']>;
  readonly bot: ReturnType<SlackStandIn['install']>;
}

/** A workspace with one person, one channel and one app in it. Time stands unless `clock` says otherwise. */
export async function scene(options: SlackOptions = {}, app: Partial<NewApp> = {}): Promise<Scene> {
  const slack = await startSlack({ clock: { mode: 'frozen' }, ...options });
  onTestFinished(() => slack.close());
  const team = slack.addTeam('Acme');
  const ann = slack.addUser(team, { name: 'ann' });
  const added = slack.addApp({ manifest: everything, ...app });
  const bot = slack.install(added, team);
  const general = slack.addChannel(team, { name: 'general', members: [ann, bot.botUser] });
  return { slack, team, ann, general, app: added, bot };
}
