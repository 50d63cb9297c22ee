import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Acting } from '../people/acting.ts';
import { PersonCannot } from '../people/cannot.ts';
import { person } from '../people/person.ts';
import type { Person } from '../people/person.ts';
import { nothingToSee, trouble } from '../people/reaction.ts';
import type { Reaction } from '../people/reaction.ts';
import { readBody } from '../server/read-request.ts';

const given = z.union([z.string(), z.array(z.string())]);

/** What the script of a page sends for what a person did there. */
const Action = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('click'),
    actionId: z.string(),
    blockId: z.string().optional(),
    ts: z.string().optional(),
    view: z.string().optional(),
    given: given.optional(),
  }),
  z.object({ kind: z.literal('submit'), values: z.record(z.string(), given) }),
  z.object({ kind: z.literal('close') }),
  z.object({ kind: z.literal('say'), text: z.string().min(1) }),
]);
type Action = z.infer<typeof Action>;

/** Does it as that person, and answers with what he is shown for it. */
export async function answerAction(
  acting: Acting,
  place: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<true> {
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  const body = await readBody(request);
  const action = Action.safeParse(isJson ? readJson(body) : undefined);
  const reaction = action.success
    ? await act(acting, place, url.searchParams.get('thread') ?? '', action.data)
    : trouble('not understood');
  response.writeHead(action.success ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(reaction));
  return true;
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

async function act(acting: Acting, place: string, thread: string, action: Action): Promise<Reaction> {
  const who = person(acting);
  try {
    if (action.kind === 'submit') return await who.submit(action.values);
    if (action.kind === 'click') return await click(acting, who, place, action);
    if (action.kind === 'say') return await say(acting, who, place, thread, action.text);
    await who.close();
    return nothingToSee;
  } catch (error) {
    if (error instanceof PersonCannot) return trouble(error.message);
    throw error;
  }
}

function click(
  { world }: Acting,
  who: Person,
  channel: string,
  action: Action & { readonly kind: 'click' },
): Promise<Reaction> {
  const options = {
    ...(action.given === undefined ? {} : { given: action.given }),
    ...(action.blockId === undefined || action.blockId === '' ? {} : { blockId: action.blockId }),
  };
  const view =
    action.view === undefined
      ? undefined
      : [...world.state.views.values(), ...world.state.homes.values()].find(({ id }) => id === action.view);
  return who.click(view ?? { channel, ts: action.ts ?? '' }, action.actionId, options);
}

async function say({ world }: Acting, who: Person, place: string, thread: string, text: string): Promise<Reaction> {
  const channel = world.state.channels.get(place);
  if (channel === undefined) throw new PersonCannot('there is no such channel');
  const [, command, words = ''] = /^(\/\S+)\s*(.*)$/s.exec(text) ?? [];
  if (command !== undefined) return who.slash(command, words, channel);
  if (thread === '') who.say(channel, named(world, text));
  else who.reply(channel, thread, named(world, text));
  return nothingToSee;
}

/** `@helper` is whoever is called so. */
function named({ state }: Acting['world'], text: string): string {
  return text.replace(/(^|\s)@([\p{L}\p{N}._-]+)/gu, (whole, space: string, name: string) => {
    const user = [...state.users.values()].find((one) => one.name === name);
    return user === undefined ? whole : `${space}<@${user.id}>`;
  });
}
