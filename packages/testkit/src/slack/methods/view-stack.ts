import type { World } from '../world.ts';
import { validateView } from '../rules/validate-view.ts';
import { responseMessages } from '../rules/problem.ts';
import type { Trigger } from '../delivering/triggers.ts';
import { recordOf } from '../server/arguments.ts';
import { explained, SlackError } from '../server/slack-error.ts';
import type { Installation } from '../state/apps.ts';
import { withBlockIds } from '../state/block-ids.ts';
import { openViews } from '../state/slack-state.ts';
import { elementNamed } from '../state/interactive-element.ts';
import type { View, ViewContent } from '../state/views.ts';

/** https://docs.slack.dev/surfaces/modals: up to three views at a time */
const deepestStack = 3;
/** https://docs.slack.dev/reference/methods/views.open#errors: `view_too_large` */
const largestView = 250_000;

/** A view as an app gives it; refused for what Slack would refuse. */
export function readView(given: unknown, type: ViewContent['type']): ViewContent {
  const view = recordOf(given);
  if (view['type'] !== type) {
    throw explained('invalid_arguments', [`[ERROR] must be a ${type} [json-pointer:/view/type]`]);
  }
  if (JSON.stringify(view).length > largestView) throw new SlackError('view_too_large');
  const problems = validateView(view);
  if (problems.length > 0) throw explained('invalid_arguments', responseMessages(problems));
  return { ...(view as unknown as ViewContent), blocks: withBlockIds((view as unknown as ViewContent).blocks) };
}

function newView(
  world: World,
  installation: Installation,
  user: string,
  team: string,
  content: ViewContent,
  under?: View,
): View {
  refuseDuplicate(world, installation, content);
  const id = world.state.ids.next('V');
  const view: View = {
    id,
    rootId: under?.rootId ?? id,
    ...(under === undefined ? {} : { previousId: under.id }),
    app: installation.app.id,
    team,
    bot: installation.botUser.bot ?? '',
    user,
    content,
    hash: world.state.ids.hash(),
    values: {},
    isOpen: true,
  };
  world.state.views.set(id, view);
  return view;
}

function refuseDuplicate(
  world: World,
  { app }: Installation,
  { external_id: external }: ViewContent,
  except?: View,
): void {
  if (external === undefined || external === '') return;
  const taken = [...world.state.views.values()].some(
    (view) => view !== except && view.app === app.id && view.isOpen && view.content.external_id === external,
  );
  if (taken) throw new SlackError('duplicate_external_id');
}

/** A new modal takes the place of whatever the person had open. */
export function openView(
  world: World,
  installation: Installation,
  { user, team }: Trigger,
  content: ViewContent,
): View {
  refuseDuplicate(world, installation, content);
  for (const view of openViews(world.state, user)) view.isOpen = false;
  return newView(world, installation, user, team, content);
}

export function pushView(world: World, installation: Installation, under: View, content: ViewContent): View {
  const stack = openViews(world.state, under.user).filter(({ rootId }) => rootId === under.rootId);
  if (stack.length >= deepestStack) throw new SlackError('push_limit_reached');
  return newView(world, installation, under.user, under.team, content, under);
}

/** What was typed stays where a field with the same block and action is still there. */
export function replaceView(world: World, view: View, content: ViewContent): void {
  const kept = (block: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
    Object.entries(view.values[block] ?? {}).filter(
      ([action]) => elementNamed(content.blocks, action, block) !== undefined,
    );
  view.values = Object.fromEntries(
    Object.keys(view.values)
      .map((block) => [block, Object.fromEntries(kept(block))] as const)
      .filter(([, values]) => Object.keys(values).length > 0),
  );
  view.content = content;
  view.hash = world.state.ids.hash();
}
