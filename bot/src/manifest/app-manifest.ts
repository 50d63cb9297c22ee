import type { Handler } from '../handling/handler.ts';
import type { Registry } from '../handling/registry.ts';
import { suggestedPrompts } from '../rendering/answer/suggested-prompts.ts';
import type { Prompt } from '../rendering/answer/suggested-prompts.ts';

/** An app manifest, the part that the bot has anything to say about. https://docs.slack.dev/reference/app-manifest */
export interface AppManifest {
  readonly display_information: {
    readonly name: string;
    readonly description: string;
    readonly background_color: string;
  };
  readonly features: {
    readonly app_home: {
      readonly home_tab_enabled: boolean;
      readonly messages_tab_enabled: boolean;
      readonly messages_tab_read_only_enabled: boolean;
    };
    readonly bot_user: { readonly display_name: string; readonly always_online: boolean };
    readonly agent_view: { readonly agent_description: string; readonly suggested_prompts: readonly Prompt[] };
    readonly slash_commands: readonly {
      readonly command: string;
      readonly description: string;
      readonly usage_hint?: string;
      readonly should_escape: boolean;
      readonly url?: string;
    }[];
    readonly shortcuts: readonly {
      readonly name: string;
      readonly type: 'message' | 'global';
      readonly callback_id: string;
      readonly description: string;
    }[];
    readonly unfurl_domains?: readonly string[];
  };
  readonly oauth_config: {
    readonly redirect_urls?: readonly string[];
    readonly scopes: { readonly bot: readonly string[] };
  };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url?: string; readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url?: string };
    readonly org_deploy_enabled: boolean;
    readonly socket_mode_enabled: boolean;
    readonly token_rotation_enabled: boolean;
  };
}

export interface ManifestChoice {
  readonly name: string;
  /** Over HTTP: where Slack finds the bot, without the path; undefined for Socket Mode. */
  readonly publicUrl?: string;
  /** Id of the app, which is in its paths; Slack gives it when the app is made, so a first manifest has none. */
  readonly app?: string;
  /** Of links that are shown in a line; none: no links are looked at. */
  readonly unfurlDomains: readonly string[];
  /** For several workspaces, by OAuth, with tokens that are renewed. */
  readonly isDistributed: boolean;
  /** To link people by the e-mail address that Slack knows; without it Slack tells none. */
  readonly readsEmail?: boolean;
}

/**
 * What the bot needs whatever its handlers do: to write and to be commanded, to see who acts and who reads a channel, and
 * to find a message of its own again whose posting was never confirmed.
 */
export const baseScopes: readonly string[] = [
  'chat:write',
  'commands',
  'users:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
];

/** Slack's names of what a handler is told of. */
const subscriptions: Readonly<Record<string, readonly string[]>> = {
  'event.message': ['message.channels', 'message.groups'],
  'event.message.im': ['message.im'],
};

function subscriptionsOf(name: string): readonly string[] {
  if (!name.startsWith('event.')) return [];
  return subscriptions[name] ?? [name.slice('event.'.length)];
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted();
}

/** What there is for links is left out where no domain is looked at: Slack takes one only with the other. */
function usedBy(
  { handlers, workspaceEvents }: Registry,
  { unfurlDomains }: ManifestChoice,
): readonly Pick<Handler, 'name' | 'scopes' | 'listing'>[] {
  return [...handlers, ...workspaceEvents].filter(
    ({ name }) => unfurlDomains.length > 0 || name !== 'event.link_shared',
  );
}

function listed(
  handlers: readonly Pick<Handler, 'name' | 'listing'>[],
  kind: string,
): readonly { readonly called: string; readonly listing: NonNullable<Handler['listing']> }[] {
  return handlers.flatMap(({ name, listing }) =>
    name.startsWith(`${kind}.`) && listing !== undefined ? [{ called: name.slice(kind.length + 1), listing }] : [],
  );
}

function withUrl(key: 'url' | 'request_url', url: string | undefined): Readonly<Record<string, string>> {
  return url === undefined ? {} : { [key]: url };
}

/** The manifest of an app for this bot, from the table of what it works on: nothing more is asked of Slack than that needs. */
export function appManifest(registry: Registry, choice: ManifestChoice): AppManifest {
  const used = usedBy(registry, choice);
  const base = choice.publicUrl?.replace(/\/$/, '');
  const events = base === undefined ? undefined : `${base}/slack/${choice.app ?? 'APP-ID'}/events`;
  return {
    display_information: {
      name: choice.name,
      description: 'Finds out what is wrong in Kubernetes, and repairs it when people agree.',
      background_color: '#1d3557',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: choice.name.toLowerCase(), always_online: true },
      agent_view: {
        agent_description: 'Ask what is wrong in the cluster, and why.',
        suggested_prompts: suggestedPrompts([]),
      },
      slash_commands: listed(used, 'command').map(({ called, listing }) => ({
        command: called,
        description: listing.description,
        ...(listing.usage === undefined ? {} : { usage_hint: listing.usage }),
        should_escape: true,
        ...withUrl('url', events),
      })),
      shortcuts: listed(used, 'shortcut').map(({ called, listing }) => ({
        name: listing.title ?? called,
        type: listing.place ?? 'global',
        callback_id: called,
        description: listing.description,
      })),
      ...(choice.unfurlDomains.length === 0 ? {} : { unfurl_domains: choice.unfurlDomains }),
    },
    oauth_config: {
      ...(choice.isDistributed && base !== undefined
        ? { redirect_urls: [`${base}/slack/${choice.app ?? 'APP-ID'}/installed`] }
        : {}),
      scopes: {
        bot: sorted([
          ...baseScopes,
          ...(choice.readsEmail === true ? ['users:read.email'] : []),
          ...used.flatMap(({ scopes }) => scopes ?? []),
        ]),
      },
    },
    settings: {
      event_subscriptions: {
        ...withUrl('request_url', events),
        bot_events: sorted(used.flatMap(({ name }) => subscriptionsOf(name))),
      },
      interactivity: { is_enabled: true, ...withUrl('request_url', events) },
      org_deploy_enabled: choice.isDistributed,
      socket_mode_enabled: events === undefined,
      token_rotation_enabled: choice.isDistributed,
    },
  };
}
