import { describe, expect, it } from 'vitest';
import { botRegistry } from '../handling/handlers.ts';
import { appManifest } from './app-manifest.ts';
import { manifestDrift } from './manifest-drift.ts';

const registry = botRegistry(() => []);
const socket = appManifest(registry, { name: 'Auto-DevOps', unfurlDomains: [], isDistributed: false });
const http = appManifest(registry, {
  name: 'Auto-DevOps',
  publicUrl: 'https://bot.example.com',
  app: 'A01',
  unfurlDomains: ['example.com'],
  isDistributed: false,
});

describe('an app', () => {
  it('that is as it is wanted has no drift, whatever it is called', () => {
    for (const wanted of [socket, http]) {
      expect(manifestDrift(wanted, { ...wanted, display_information: { name: 'Our bot' } })).toEqual([]);
    }
  });

  it('of an older version lacks what is new and has what is no longer needed', () => {
    const older = structuredClone(socket) as unknown as {
      features: { slash_commands: unknown[]; shortcuts: { callback_id: string }[] };
      oauth_config: { scopes: { bot: string[] } };
      settings: { event_subscriptions: { bot_events: string[] } };
    };
    older.features.slash_commands.shift();
    older.oauth_config.scopes.bot.push('users:write', 'admin');
    older.settings.event_subscriptions.bot_events.pop();
    expect(manifestDrift(socket, older)).toEqual([
      `it lacks the command ${socket.features.slash_commands[0]?.command ?? ''}`,
      `it lacks the event ${socket.settings.event_subscriptions.bot_events.at(-1) ?? ''}`,
      'it has the scopes users:write, admin too',
    ]);
  });

  it('of the kind that Slack gives up, an assistant, is told what it misses', () => {
    const { agent_view: _agent, ...features } = socket.features;
    expect(
      manifestDrift(socket, { ...socket, features: { ...features, assistant_view: { assistant_description: 'Ask' } } }),
    ).toEqual([expect.stringContaining('it is no agent (features.agent_view)')]);
  });

  it('that Slack calls elsewhere, or by another way, does not reach the bot', () => {
    const elsewhere = JSON.parse(JSON.stringify(http).replaceAll('bot.example.com', 'old.example.com')) as unknown;
    expect(manifestDrift(http, elsewhere)).toEqual(
      ['events', 'buttons', 'commands'].map((what) => `${what} go to https://old.example.com/slack/A01/events`),
    );
    expect(manifestDrift(http, socket)).toEqual(
      expect.arrayContaining([
        'Socket Mode is on',
        'events go to no address',
        'it lacks the domain of links example.com',
      ]),
    );
  });

  it('of which Slack tells nothing that can be read lacks everything', () => {
    for (const odd of [undefined, null, 'x', { features: 3, settings: [] }]) {
      expect(manifestDrift(socket, odd).length).toBeGreaterThan(3);
    }
  });
});
