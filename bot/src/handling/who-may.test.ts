import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandHandlers } from '../commands/registry.ts';
import { decidingHandlers } from '../deciding/registry.ts';
import { formHandlers } from '../forms/registry.ts';
import { homeHandlers } from '../home/registry.ts';
import { mentionHandlers } from '../mentions/registry.ts';
import { messagesTabHandlers } from '../messages-tab/registry.ts';
import { actionIds, viewIds } from '../rendering/action-ids.ts';
import { shortcutHandlers } from '../shortcuts/registry.ts';
import { unfurlingHandlers } from '../unfurling/registry.ts';
import type { Handler } from './handler.ts';
import { registryOf } from './registry.ts';

const handlers: readonly Handler[] = [
  ...commandHandlers,
  ...mentionHandlers,
  ...shortcutHandlers,
  ...homeHandlers,
  ...messagesTabHandlers,
  ...unfurlingHandlers(() => []),
  ...formHandlers,
  ...decidingHandlers,
];

function namesThatNeed(need: Handler['need']): readonly string[] {
  return handlers
    .filter((handler) => handler.need === need)
    .map(({ name }) => name)
    .toSorted();
}

describe('who may', () => {
  it('no handler is for whoever comes by', () => {
    expect(namesThatNeed('help')).toEqual([]);
  });

  it('those who are not linked may see how to be, and nothing of the customer', () => {
    expect(namesThatNeed('link')).toEqual([
      'action.link-account',
      'action.refresh-home',
      'event.agent_session_stopped',
      'event.app_home_opened',
      'view.link-account',
    ]);
  });

  it('those who are linked may look', () => {
    expect(namesThatNeed('read')).toEqual([
      'action.ask-about',
      'action.next-page',
      'action.share-answer',
      'action.show-cause',
      'action.show-change',
      'action.show-diff',
      'action.show-evidence',
      'action.show-incident',
      'action.show-panel',
      'action.show-postmortem',
      'event.app_mention',
      'event.link_shared',
      'event.message',
      'event.message.im',
      'shortcut.ask-jamie',
      'shortcut.diagnose-this',
      'view.ask-about',
      'view.ask-jamie',
    ]);
  });

  it('everything else is an act, for which Slack is asked anew who it is', () => {
    expect(namesThatNeed('act')).toEqual([
      'action.acknowledge-incident',
      'action.approve-change',
      'action.assign-me',
      'action.kill-switch',
      'action.open-incident',
      'action.propose-fix',
      'action.reject-change',
      'action.resolve-incident',
      'action.run-fix',
      'action.set-severity',
      'action.undo-change',
      'action.update-incident',
      'command./autodevops',
      'command./customer',
      'command./incident',
      'command./jamie',
      'command./scarlet',
      'shortcut.add-to-timeline',
      'shortcut.open-incident',
      'view.add-to-timeline',
      'view.kill-switch',
      'view.open-incident',
      'view.reject-change',
      'view.resolve-incident',
      'view.set-severity',
      'view.update-incident',
    ]);
  });

  it('a refusal is told to those who asked for something, and kept from those who only wrote, opened or shared', () => {
    expect(
      handlers
        .filter(({ refusesQuietly }) => refusesQuietly === true)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['event.agent_session_stopped', 'event.app_home_opened', 'event.link_shared', 'event.message']);
  });
});

describe('nothing that is shown leads nowhere:', () => {
  const rendering = join(import.meta.dirname, '..', 'rendering');
  const sources = readdirSync(rendering, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(rendering, file), 'utf8'))
    .join('\n');
  const { find } = registryOf(handlers);

  it('every button has a handler', () => {
    const shown = Object.entries(actionIds).filter(([key]) => sources.includes(`actionIds.${key},`));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter(([, id]) => find(`action.${id}`) === undefined)).toEqual([]);
  });

  it('every handler of a button has one that is drawn', () => {
    const drawn = Object.entries(actionIds)
      .filter(([key]) => sources.includes(`actionIds.${key},`))
      .map(([, id]) => `action.${id}`);
    expect(
      handlers.map(({ name }) => name).filter((name) => name.startsWith('action.') && !drawn.includes(name)),
    ).toEqual([]);
  });

  it('every form has a handler that tells what is wrong in its fields', () => {
    // A window that only shows cannot be sent.
    const sent = Object.values(viewIds).filter((id) => id !== viewIds.shown);
    expect(sent.filter((id) => find(`view.${id}`) === undefined)).toEqual([]);
    expect(sent.filter((id) => find(`view.${id}`)?.fieldErrors === undefined)).toEqual([]);
  });

  it('what Slack lists has a title and a description that it takes', () => {
    for (const { name, listing } of handlers) {
      if (!/^(?:command|shortcut)\./.test(name)) continue;
      expect(listing?.description.length).toBeLessThanOrEqual(name.startsWith('command.') ? 2000 : 150);
      if (name.startsWith('shortcut.')) {
        expect([...(listing?.title ?? expect.fail(`${name} has no title`))].length).toBeLessThanOrEqual(24);
      }
      expect((listing?.usage ?? '').length).toBeLessThanOrEqual(1000);
    }
  });
});
