import { describe, expect, it } from 'vitest';
import { callsPerMinute } from './method.ts';
import { slackMethods } from './slack-methods.ts';

function read(
  name: string,
  given: Record<string, unknown>,
): { readonly data?: unknown; readonly ills?: readonly string[] } {
  const parsed = slackMethods[name]?.arguments.safeParse(given);
  return parsed?.success === true
    ? { data: parsed.data }
    : { ills: (parsed?.error.issues ?? []).map(({ message, path }) => `${path.join('/')}: ${message}`) };
}

describe('arguments of a method', () => {
  it('are the same from a form and from a JSON body', () => {
    const blocks = [{ type: 'divider' }];
    const form = read('chat.postMessage', {
      channel: 'C1',
      text: 'a',
      blocks: JSON.stringify(blocks),
      unfurl_links: 'false',
      thread_ts: '1700000000.000100',
    });
    const json = read('chat.postMessage', {
      channel: 'C1',
      text: 'a',
      blocks,
      unfurl_links: false,
      thread_ts: '1700000000.000100',
    });
    expect(form).toEqual(json);
    expect(form.data).toMatchObject({ blocks, unfurl_links: false });
  });

  it('that the method does not have are refused', () => {
    expect(read('chat.postMessage', { channel: 'C1', text: 'a', blokcs: '[]' }).ills).toEqual([
      expect.stringContaining('blokcs'),
    ]);
  });

  it('that are needed are missed', () => {
    expect(read('users.info', {}).ills).toHaveLength(1);
    expect(read('views.open', { trigger_id: '1.2' }).ills).toEqual([expect.stringMatching(/^view: /)]);
  });

  it('of the wrong kind are refused', () => {
    expect(read('chat.postMessage', { channel: 'C1', blocks: 'not json' }).ills).toEqual(['blocks: must be an array']);
    expect(read('chat.update', { channel: 'C1', ts: 'yesterday', text: 'a' }).ills).toEqual([
      'ts: must be a message timestamp',
    ]);
    expect(read('conversations.history', { channel: 'C1', limit: '2000' }).ills).toEqual([
      'limit: must be 1000 or less',
    ]);
    expect(read('chat.postMessage', { channel: 'C1', text: 'a', unfurl_links: 'perhaps' }).ills).toEqual([
      'unfurl_links: must be a boolean',
    ]);
  });

  it('that name several are parted at commas or a list', () => {
    expect(read('conversations.open', { users: 'U1, U2' }).data).toEqual({ users: ['U1', 'U2'] });
    expect(read('conversations.open', { users: '["U1"]' }).data).toEqual({ users: ['U1'] });
  });
});

describe('the table', () => {
  it('has a tier, errors and a scope or none for every method, each error once', () => {
    for (const [name, method] of Object.entries(slackMethods)) {
      expect(method.name).toBe(name);
      expect(method.tier === 'per-channel' || method.tier === 'special' || callsPerMinute[method.tier] > 0).toBe(true);
      expect(method.errors.filter((error) => !/^[a-z_]+$/.test(error))).toEqual([]);
      expect(method.scopes.filter((scope) => !/^[a-z]+:[a-z.]+$/.test(scope))).toEqual([]);
    }
  });

  it("takes an app's token for a socket alone, and none for OAuth", () => {
    expect(
      Object.values(slackMethods)
        .filter(({ token }) => token === 'app')
        .map(({ name }) => name),
    ).toEqual(['apps.connections.open']);
    expect(slackMethods['oauth.v2.access']?.token).toBe('none');
  });
});
