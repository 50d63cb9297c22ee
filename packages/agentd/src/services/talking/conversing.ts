import { askAfter, namespaceAsked } from '@autodevops/agent-core/ask/ask-after';
import type { Digest } from '@autodevops/agent-core/changes/simulating/digest';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Answer } from '@autodevops/domain/answer';
import { keptTurns, turnBounds } from '@autodevops/domain/conversation';
import type { Conversation, Turn } from '@autodevops/domain/conversation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Conversations, Owners } from '@autodevops/domain/ports/conversations';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { InputOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Call, Handlers } from '../../contract/handlers.ts';
import { conversationMarkdown } from './conversation-markdown.ts';
import { lookOnce } from '../cluster/looking.ts';
import { rememberedText, rememberedTurn } from './remembered-turn.ts';

export interface ConversingChoice {
  readonly conversations: Conversations;
  readonly reader: ClusterReader;
  readonly now: () => number;
  readonly digest: Digest;
}

type Asked = InputOf<Endpoints['ask']>['body'];
interface Found {
  readonly conversation: Conversation;
  readonly turns: readonly Turn[];
}

/** A conversation is the linked person's, on whichever surface; where nobody is linked, the account's. */
export function ownersOf({ person, account }: Actor): Owners {
  return person === '' ? [`account/${account}`] : [`person/${person}`, `account/${account}`];
}

function noSuch(id: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'object.not-found',
    `You have no conversation ${id}.`,
    remedy`See ${{ do: 'list-conversations' }}.`,
  );
}

async function requireFound(
  id: string,
  owners: Owners,
  limit: number,
  { conversations }: ConversingChoice,
): Promise<Found> {
  const found = await conversations.read(id, owners, { limit });
  if (found === undefined) throw noSuch(id);
  return found;
}

/** What cannot be remembered does not keep anybody from the answer; it is said. */
async function remember(
  answer: Answer,
  { id, title }: Conversation,
  { owners, namespace, key }: { readonly owners: Owners; readonly namespace: string; readonly key: string },
  choice: ConversingChoice,
): Promise<Answer> {
  try {
    const turn = rememberedTurn(answer, { key, time: new Date(choice.now()).toISOString(), namespace }, choice.digest);
    const kept = await choice.conversations.append(id, owners, turn);
    if (kept !== undefined && title === '') {
      await choice.conversations.rename(id, owners, rememberedText(answer.question, turnBounds.title));
    }
    return answer;
  } catch (error) {
    if (!(error instanceof AutoDevOpsError)) throw error;
    return { ...answer, lines: [...answer.lines, `This question is not remembered: ${error.message}`] };
  }
}

/** Answers a question; in a conversation it may lean on the turn before, and is remembered. */
async function asked(
  { question, namespace, conversation: id }: Asked,
  { actor, idempotencyKey, signal }: Call,
  choice: ConversingChoice,
): Promise<Answer> {
  const owners = ownersOf(actor);
  const found = id === undefined ? undefined : await requireFound(id, owners, 1, choice);
  const seen = { ...(await lookOnce(choice.reader, signal)), ...(namespace === undefined ? {} : { namespace }) };
  const answer = askAfter(question, seen, found?.turns.at(-1));
  if (found === undefined) return answer;
  return await remember(
    answer,
    found.conversation,
    { owners, namespace: namespaceAsked(answer, seen), key: idempotencyKey },
    choice,
  );
}

type Conversing =
  | 'ask'
  | 'conversations'
  | 'conversation'
  | 'beginConversation'
  | 'renameConversation'
  | 'removeConversation'
  | 'searchConversations'
  | 'exportConversation';

/** The same call has the same id however often it is sent, and nobody else's call has it. */
function idOf({ actor, idempotencyKey }: Call, digest: Digest): string {
  return `cnv-${digest(`${actor.account}\n${idempotencyKey}`).slice(0, 12)}`;
}

/** Questions and the conversations that they are part of. Everybody has his own. */
export function conversingHandlers(choice: ConversingChoice): Pick<Handlers, Conversing> {
  const { conversations } = choice;
  return {
    ask: async ({ body }, call) => await asked(body, call, choice),
    conversations: async ({ query: { limit, workspace, before } }, { actor }) => ({
      conversations: [
        ...(await conversations.list(ownersOf(actor), {
          limit,
          ...(workspace === undefined ? {} : { workspace }),
          ...(before === undefined ? {} : { before }),
        })),
      ],
    }),
    conversation: async ({ params: { id }, query: { limit } }, { actor }) => {
      const { conversation, turns } = await requireFound(id, ownersOf(actor), limit, choice);
      return { conversation, turns: [...turns] };
    },
    beginConversation: async ({ body: { workspace, title } }, call) =>
      await conversations.begin({
        id: idOf(call, choice.digest),
        owners: ownersOf(call.actor),
        workspace,
        title: rememberedText(title, turnBounds.title),
        time: new Date(choice.now()).toISOString(),
      }),
    renameConversation: async ({ params: { id }, body: { title } }, { actor }) => {
      const renamed = await conversations.rename(id, ownersOf(actor), rememberedText(title, turnBounds.title));
      if (renamed === undefined) throw noSuch(id);
      return renamed;
    },
    removeConversation: async ({ params: { id } }, { actor }) => {
      if (!(await conversations.remove(id, ownersOf(actor)))) throw noSuch(id);
      return {};
    },
    searchConversations: async ({ query: { words, limit } }, { actor }) => ({
      hits: [...(await conversations.search(words, ownersOf(actor), { limit }))],
    }),
    exportConversation: async ({ params: { id } }, { actor }) => {
      const { conversation, turns } = await requireFound(id, ownersOf(actor), keptTurns, choice);
      return { markdown: conversationMarkdown(conversation, turns) };
    },
  };
}
