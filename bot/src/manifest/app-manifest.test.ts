import { describe, expect, it } from 'vitest';
import { eventScopes } from '@autodevops/testkit/slack/delivering/event-scopes';
import { AppManifest as SlacksManifest } from '@autodevops/testkit/slack/state/app-manifest';
import { botRegistry } from '../handling/handlers.ts';
import { appManifest, baseScopes } from './app-manifest.ts';

const registry = botRegistry(() => []);
const socket = appManifest(registry, { name: 'Auto-DevOps', unfurlDomains: [], isDistributed: false });
const http = appManifest(registry, {
  name: 'Auto-DevOps',
  publicUrl: 'https://bot.example.com/',
  app: 'A1',
  unfurlDomains: ['agent.example.com'],
  isDistributed: true,
});

function named(prefix: string): readonly string[] {
  return registry.handlers
    .filter(({ name }) => name.startsWith(`${prefix}.`))
    .map(({ name }) => name.slice(prefix.length + 1));
}

describe('the manifest', () => {
  it('has every command and shortcut of the table, and no other', () => {
    expect(socket.features.slash_commands.map(({ command }) => command)).toEqual(named('command'));
    expect(socket.features.shortcuts.map(({ callback_id: id }) => id)).toEqual(named('shortcut'));
    expect(socket.features.slash_commands).not.toEqual([]);
  });

  it('subscribes to every event of the table, and no other', () => {
    const events = [...registry.handlers, ...registry.workspaceEvents]
      .map(({ name }) => name)
      .filter((name) => name.startsWith('event.'));
    const told = http.settings.event_subscriptions.bot_events;
    expect(
      new Set(
        told.map((event) =>
          event === 'message.im'
            ? 'event.message.im'
            : event.startsWith('message.')
              ? 'event.message'
              : `event.${event}`,
        ),
      ),
    ).toEqual(new Set(events));
  });

  it('asks for the scopes that its events need', () => {
    for (const event of http.settings.event_subscriptions.bot_events) {
      const needed = eventScopes[event] ?? [];
      expect(needed.length === 0 || needed.some((scope) => http.oauth_config.scopes.bot.includes(scope)), event).toBe(
        true,
      );
    }
  });

  it('asks for addresses only where people are to be linked by them', () => {
    const reading = appManifest(registry, {
      name: 'Auto-DevOps',
      unfurlDomains: [],
      isDistributed: false,
      readsEmail: true,
    });
    expect(reading.oauth_config.scopes.bot).toContain('users:read.email');
    expect(socket.oauth_config.scopes.bot).not.toContain('users:read.email');
  });

  it('asks for nothing that no handler names', () => {
    const named = new Set([
      ...baseScopes,
      ...[...registry.handlers, ...registry.workspaceEvents].flatMap(({ scopes }) => scopes ?? []),
    ]);
    expect(http.oauth_config.scopes.bot.filter((scope) => !named.has(scope))).toEqual([]);
    expect(
      http.oauth_config.scopes.bot.some((scope) => scope.startsWith('admin') || scope === 'chat:write.public'),
    ).toBe(false);
  });

  it('is one that Slack takes, for either transport', () => {
    for (const manifest of [socket, http]) expect(SlacksManifest.safeParse(manifest).error).toBeUndefined();
    for (const { name } of socket.features.shortcuts) expect([...name].length).toBeLessThanOrEqual(24);
  });

  it('is one of an agent, of the only kind that Slack still makes', () => {
    expect(socket.features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    expect(socket.features).not.toHaveProperty('assistant_view');
  });

  it('names addresses over HTTP, and none in Socket Mode', () => {
    expect(JSON.stringify(socket)).not.toContain('https://');
    expect(socket.settings.socket_mode_enabled).toBe(true);
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: 'https://bot.example.com/slack/A1/events' },
    });
    expect(http.features.slash_commands.every(({ url }) => url === 'https://bot.example.com/slack/A1/events')).toBe(
      true,
    );
  });

  it('looks at links only where it may show some', () => {
    expect(socket.settings.event_subscriptions.bot_events).not.toContain('link_shared');
    expect(socket.oauth_config.scopes.bot).not.toContain('links:read');
    expect(http.settings.event_subscriptions.bot_events).toContain('link_shared');
  });
});
