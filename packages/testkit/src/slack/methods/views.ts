import type { InstalledCall, ApiMethod } from '../server/api-method.ts';
import { asInstalled } from '../server/api-method.ts';
import { neededText, recordOf, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import { covers } from '../state/apps.ts';
import { homeKey, openViews } from '../state/slack-state.ts';
import { describeView } from '../state/views.ts';
import type { View } from '../state/views.ts';
import { openView, pushView, readView, replaceView } from './view-stack.ts';

const open = asInstalled((call) => {
  const { world, args, app, installation } = call;
  const content = readView(args['view'], 'modal');
  const trigger = world.triggers.exchange(triggerOf(call), app.id);
  return { view: describeView(openView(world, installation, trigger, content)) };
});

function triggerOf({ args }: InstalledCall): string {
  return textOf(args, 'trigger_id') || neededText(args, 'interactivity_pointer', 'invalid_arguments');
}

const push = asInstalled((call) => {
  const { world, args, app, installation } = call;
  const content = readView(args['view'], 'modal');
  const trigger = world.triggers.exchange(triggerOf(call), app.id);
  const under = openViews(world.state, trigger.user).findLast((view) => view.app === app.id);
  if (under === undefined) throw new SlackError('not_found');
  return { view: describeView(pushView(world, installation, under, content)) };
});

const update = asInstalled(({ world, args, app }) => {
  const id = textOf(args, 'view_id');
  const external = textOf(args, 'external_id');
  if ((id === '') === (external === '')) throw new SlackError('invalid_arguments');
  const view = [...world.state.views.values(), ...world.state.homes.values()].find(
    (one) => one.app === app.id && one.isOpen && (id === '' ? one.content.external_id === external : one.id === id),
  );
  if (view === undefined) throw new SlackError('not_found');
  const content = readView(args['view'], view.content.type);
  refuseStale(view, textOf(args, 'hash'));
  replaceView(world, view, content);
  return { view: describeView(view) };
});

function refuseStale(view: View, hash: string): void {
  if (hash !== '' && hash !== view.hash) throw new SlackError('hash_conflict');
}

const publish = asInstalled((call) => {
  const { world, args, app, installation } = call;
  if (app.manifest.features.app_home?.home_tab_enabled !== true) throw new SlackError('not_enabled');
  const person = world.state.users.get(neededText(args, 'user_id', 'invalid_arguments'));
  if (person === undefined || !covers(installation, person.team)) throw new SlackError('user_not_found');
  const content = readView(recordOf(args['view']), 'home');
  const key = homeKey(app.id, person.id);
  const there = world.state.homes.get(key);
  if (there !== undefined) {
    refuseStale(there, textOf(args, 'hash'));
    replaceView(world, there, content);
    return { view: describeView(there) };
  }
  const id = world.state.ids.next('V');
  const view: View = {
    id,
    rootId: id,
    app: app.id,
    team: person.team.id,
    bot: installation.botUser.bot ?? '',
    user: person.id,
    content,
    hash: world.state.ids.hash(),
    values: {},
    isOpen: true,
  };
  world.state.homes.set(key, view);
  return { view: describeView(view) };
});

export const viewMethods: Readonly<Record<string, ApiMethod>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
