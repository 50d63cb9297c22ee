import { z } from 'zod';
import type { AppManifest } from './app-manifest.ts';

const texts = z.array(z.string()).catch([]);
const address = z.string().catch('');

/** Of an app's manifest as Slack exports it: the part that decides whether the bot hears and may. https://docs.slack.dev/reference/app-manifest */
const Exported = z.looseObject({
  features: z
    .looseObject({
      slash_commands: z.array(z.looseObject({ command: z.string(), url: address })).catch([]),
      shortcuts: z.array(z.looseObject({ callback_id: z.string() })).catch([]),
      unfurl_domains: texts,
      agent_view: z.looseObject({}).optional().catch(undefined),
    })
    .catch({ slash_commands: [], shortcuts: [], unfurl_domains: [], agent_view: undefined }),
  oauth_config: z
    .looseObject({ scopes: z.looseObject({ bot: texts }).catch({ bot: [] }) })
    .catch({ scopes: { bot: [] } }),
  settings: z
    .looseObject({
      event_subscriptions: z
        .looseObject({ bot_events: texts, request_url: address })
        .catch({ bot_events: [], request_url: '' }),
      interactivity: z
        .looseObject({ is_enabled: z.boolean().catch(false), request_url: address })
        .catch({ is_enabled: false, request_url: '' }),
      socket_mode_enabled: z.boolean().catch(false),
    })
    .catch({
      event_subscriptions: { bot_events: [], request_url: '' },
      interactivity: { is_enabled: false, request_url: '' },
      socket_mode_enabled: false,
    }),
});

/** "lacks the command /incident", "has the scope users:write too". */
function differing(noun: string, wanted: readonly string[], present: readonly string[]): readonly string[] {
  const lacking = wanted.filter((one) => !present.includes(one));
  const surplus = present.filter((one) => !wanted.includes(one));
  const named = (names: readonly string[]): string =>
    `the ${noun}${names.length === 1 ? '' : 's'} ${names.slice(0, 10).join(', ')}`;
  return [
    ...(lacking.length === 0 ? [] : [`it lacks ${named(lacking)}`]),
    ...(surplus.length === 0 ? [] : [`it has ${named(surplus)} too`]),
  ];
}

function moved(what: string, wanted: string | undefined, present: string): readonly string[] {
  return wanted === undefined || wanted === present
    ? []
    : [`${what} go to ${present === '' ? 'no address' : present.slice(0, 200)}`];
}

/** In which points an app is otherwise than the bot wants it; names and descriptions are its owner's to choose. */
export function manifestDrift(wanted: AppManifest, exported: unknown): readonly string[] {
  const {
    features,
    oauth_config: { scopes },
    settings,
  } = Exported.catch(Exported.parse({})).parse(exported);
  const addresses = [...new Set(features.slash_commands.map(({ url }) => url))];
  const { event_subscriptions: events, interactivity } = wanted.settings;
  return [
    ...differing(
      'command',
      wanted.features.slash_commands.map(({ command }) => command),
      features.slash_commands.map(({ command }) => command),
    ),
    ...differing(
      'shortcut',
      wanted.features.shortcuts.map(({ callback_id: id }) => id),
      features.shortcuts.map(({ callback_id: id }) => id),
    ),
    ...differing('event', events.bot_events, settings.event_subscriptions.bot_events),
    ...differing('scope', wanted.oauth_config.scopes.bot, scopes.bot),
    ...differing('domain of links', wanted.features.unfurl_domains ?? [], features.unfurl_domains),
    ...(features.agent_view === undefined
      ? [
          'it is no agent (features.agent_view): Slack shows neither questions to begin with nor a button to stop an answer',
        ]
      : []),
    ...(settings.interactivity.is_enabled ? [] : ['its buttons are switched off']),
    ...(settings.socket_mode_enabled === wanted.settings.socket_mode_enabled
      ? []
      : [`Socket Mode is ${settings.socket_mode_enabled ? 'on' : 'off'}`]),
    ...moved('events', events.request_url, settings.event_subscriptions.request_url),
    ...moved('buttons', interactivity.request_url, settings.interactivity.request_url),
    ...addresses.flatMap((present) => moved('commands', events.request_url, present)),
  ];
}
