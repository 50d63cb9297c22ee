import { readView, pushView, replaceView } from '../methods/view-stack.ts';
import { recordOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import type { Installation } from '../state/apps.ts';
import { openViews } from '../state/slack-state.ts';
import { describeView } from '../state/views.ts';
import type { View } from '../state/views.ts';
import type { Acting } from './acting.ts';
import { PersonCannot } from './cannot.ts';
import { chosenValue, initialValue } from './chosen-value.ts';
import type { Given } from './chosen-value.ts';
import { elementNamed, interactiveElements } from '../state/interactive-element.ts';
import { payloadBase } from './payload.ts';
import { nothingToSee, trouble } from './reaction.ts';
import type { Reaction } from './reaction.ts';

/** What is filled in, by action or by block. What is not named stays as it was. */
export type FormValues = Readonly<Record<string, Given>>;

/** Slack's words for a form whose app failed. */
const connectionTrouble = 'We had some trouble connecting. Try again?';

function fill(view: View, given: FormValues): void {
  for (const [name, value] of Object.entries(given)) {
    const used =
      elementNamed(view.content.blocks, name) ??
      interactiveElements(view.content.blocks).find(({ block }) => block.block_id === name);
    if (used === undefined) throw new PersonCannot(`the form has no field "${name}"`);
    const block = used.block.block_id ?? '';
    view.values = {
      ...view.values,
      [block]: { ...view.values[block], [String(used.element['action_id'])]: chosenValue(used.element, value) },
    };
  }
  for (const { block, element } of interactiveElements(view.content.blocks)) {
    const id = block.block_id ?? '';
    const name = String(element['action_id']);
    const untouched = view.values[id]?.[name] === undefined ? initialValue(element) : undefined;
    if (untouched !== undefined) view.values = { ...view.values, [id]: { ...view.values[id], [name]: untouched } };
  }
}

/** Slack's client sends no form whose needed fields are empty. */
function refuseEmpty(view: View): void {
  for (const block of view.content.blocks) {
    if (block.type !== 'input' || block['optional'] === true) continue;
    const values = Object.values(view.values[block.block_id ?? ''] ?? {});
    const isFilled = values.some((value) =>
      Object.entries(value).some(
        ([name, one]) => name !== 'type' && one !== null && one !== '' && !(Array.isArray(one) && one.length === 0),
      ),
    );
    if (!isFilled) {
      throw new PersonCannot(`the field "${String(recordOf(block['label'])['text'])}" has to be filled in`);
    }
  }
}

function topView({ world, user }: Acting): View {
  const top = openViews(world.state, user.id).at(-1);
  if (top === undefined) throw new PersonCannot(`${user.name} has no form open`);
  return top;
}

function installationOf({ world }: Acting, view: View): Installation {
  const found = world.state.installations.find(
    ({ app, botUser, isActive }) => isActive && app.id === view.app && botUser.bot === view.bot,
  );
  if (found === undefined) throw new PersonCannot(`the app of the view ${view.id} is not installed`);
  return found;
}

/** For each conversation that was chosen in a menu which asks for it, an address to answer at. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
function responseUrlsOf(
  { world, user }: Acting,
  view: View,
  installation: Installation,
): readonly Record<string, unknown>[] {
  return interactiveElements(view.content.blocks)
    .filter(({ element }) => element['response_url_enabled'] === true)
    .flatMap(({ block, element }) => {
      const actionId = String(element['action_id']);
      const chosen = view.values[block.block_id ?? '']?.[actionId];
      const channel = chosen?.['selected_conversation'] ?? chosen?.['selected_channel'];
      if (typeof channel !== 'string') return [];
      return [
        {
          block_id: block.block_id,
          action_id: actionId,
          channel_id: channel,
          response_url: world.responseUrls.issue({ installation, user: user.id, channel }),
        },
      ];
    });
}

/** Fills in the form on top and sends it. */
export async function submitForm(acting: Acting, given: FormValues): Promise<Reaction> {
  const view = topView(acting);
  if (view.content.submit === undefined && !view.content.blocks.some(({ type }) => type === 'input')) {
    throw new PersonCannot('the form has nothing to send it with');
  }
  fill(view, given);
  refuseEmpty(view);
  const installation = installationOf(acting, view);
  const payload = {
    type: 'view_submission',
    ...payloadBase(acting, installation),
    view: describeView(view),
    response_urls: responseUrlsOf(acting, view, installation),
  };
  const outcome = await acting.world.deliveries.send({ app: installation.app, kind: 'interaction', payload });
  if (!outcome.isAcknowledged) return trouble(connectionTrouble);
  try {
    return answerForm(acting, installation, view, outcome.answer);
  } catch (error) {
    if (error instanceof SlackError) return trouble(connectionTrouble);
    throw error;
  }
}

/** https://docs.slack.dev/surfaces/modals#updating_response */
function answerForm({ world, user }: Acting, installation: Installation, view: View, answer: unknown): Reaction {
  const { response_action: action, errors, view: content } = recordOf(answer);
  if (action === 'errors') return formErrors(view, recordOf(errors));
  if (action === 'update') replaceView(world, view, readView(content, 'modal'));
  else if (action === 'push') pushView(world, installation, view, readView(content, 'modal'));
  else if (action === 'clear') closeStack(world.state, user.id);
  else if (action === undefined && (answer === undefined || answer === '')) closeAnswered(view, world.state);
  else throw new SlackError('invalid_arguments');
  return nothingToSee;
}

function closeAnswered(view: View, state: Acting['world']['state']): void {
  view.isOpen = false;
  if (view.content.clear_on_close === true) closeStack(state, view.user);
}

function closeStack(state: Acting['world']['state'], user: string): void {
  for (const one of openViews(state, user)) one.isOpen = false;
}

/** Errors stand beside the blocks that they name; one that names no input block of the form is not understood. */
function formErrors(view: View, errors: Readonly<Record<string, unknown>>): Reaction {
  const inputs = new Set(view.content.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id));
  const entries = Object.entries(errors);
  if (entries.length === 0 || entries.some(([block, text]) => !inputs.has(block) || typeof text !== 'string')) {
    throw new SlackError('invalid_arguments');
  }
  return { isAcknowledged: true, problem: '', errors: Object.fromEntries(entries) as Record<string, string> };
}

/** Closes the form on top; `all`: with the cross that closes everything beneath as well. */
export async function closeForm(acting: Acting, all = false): Promise<void> {
  const top = topView(acting);
  const closed = all || top.content.clear_on_close === true ? openViews(acting.world.state, acting.user.id) : [top];
  for (const view of closed) view.isOpen = false;
  for (const view of closed.filter(({ content }) => content.notify_on_close === true)) {
    const installation = installationOf(acting, view);
    const { trigger_id: _, ...base } = payloadBase(acting, installation);
    const payload = { type: 'view_closed', ...base, view: describeView(view), is_cleared: closed.length > 1 };
    await acting.world.deliveries.send({ app: installation.app, kind: 'interaction', payload });
  }
}
