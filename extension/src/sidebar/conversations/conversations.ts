import type { AgentClient } from '@autodevops/agentd/client';
import type { Conversation } from '@autodevops/domain/conversation';
import { oneLine, printable } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import type { WindowParts } from '../../window-parts.ts';
import type { ConversationView } from '../protocol/to-page.ts';

type Needs = Pick<WindowParts, 'client' | 'folder' | 'kept' | 'people' | 'documents' | 'wanted' | 'clock'>;

const listed = 100;
const longestWorkspace = 250;

/** The conversations of this folder with the agent of this window, which keeps them. */
export class Conversations {
  readonly #needs: Needs;
  #current: Conversation | undefined;
  /** The agent that the window spoke to last. */
  #place: string;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#place = this.#keptName();
  }

  /** Whether the window speaks to another agent now, which knows nothing of the conversation before; that is left then. */
  moved(): boolean {
    const place = this.#keptName();
    if (place === this.#place) return false;
    this.#place = place;
    this.#current = undefined;
    return true;
  }

  get title(): string {
    return oneLine(this.#current?.title ?? '', 120);
  }

  /** The one that questions belong to; begun with the first of them. */
  async currentId(client: AgentClient, signal: AbortSignal): Promise<string> {
    this.#current ??= await client.beginConversation({ body: { workspace: this.#workspace() } }, { signal });
    await this.#needs.kept.put(this.#keptName(), this.#current.id);
    return this.#current.id;
  }

  /** Its title is its first question, which the agent knows. */
  async refresh(signal: AbortSignal): Promise<void> {
    if (this.#current === undefined || this.#current.title !== '') return;
    const client = await this.#needs.client(signal);
    this.#current = (
      await client.conversation({ params: { id: this.#current.id }, query: { limit: 1 } }, { signal })
    ).conversation;
  }

  async leave(): Promise<void> {
    this.#current = undefined;
    await this.#needs.kept.put(this.#keptName(), undefined);
  }

  /** The conversation of before the window was opened; undefined where there was none, or it is gone. */
  lastId(): string | undefined {
    const kept = this.#needs.kept.get(this.#keptName());
    return typeof kept === 'string' && /^cnv-[a-z0-9]{6,32}$/.test(kept) ? kept : undefined;
  }

  async open(id: string, signal: AbortSignal): Promise<Awaited<ReturnType<AgentClient['conversation']>>> {
    const client = await this.#needs.client(signal);
    const opened = await client.conversation({ params: { id }, query: { limit: 200 } }, { signal });
    this.#current = opened.conversation;
    await this.#needs.kept.put(this.#keptName(), id);
    return opened;
  }

  /** Those of this folder, the newest first; with words, those that hold them, the best first. */
  async list(words: string, signal: AbortSignal): Promise<readonly ConversationView[]> {
    const client = await this.#needs.client(signal);
    const workspace = this.#workspace();
    const found =
      words === ''
        ? (await client.conversations({ query: { workspace, limit: listed } }, { signal })).conversations
        : (await client.searchConversations({ query: { words, limit: listed } }, { signal })).hits
            .map(({ conversation }) => conversation)
            .filter((one) => one.workspace === workspace);
    return [...new Map(found.map((one) => [one.id, one])).values()]
      .filter(({ turns }) => turns > 0)
      .map((one) => this.#viewOf(one));
  }

  async rename(id: string, signal: AbortSignal): Promise<boolean> {
    const title = await this.#needs.people.enter({
      title: t('Rename Conversation'),
      check: (text) =>
        text.trim() === '' ? t('A title is needed.') : text.length > 120 ? t('It is too long.') : undefined,
    });
    if (title === undefined || title.trim() === '') return false;
    const renamed = await (
      await this.#needs.client(signal)
    ).renameConversation({ params: { id }, body: { title: title.trim() } }, { signal });
    if (this.#current?.id === id) this.#current = renamed;
    return true;
  }

  /** Gives whether it is gone. */
  async remove(id: string, signal: AbortSignal): Promise<boolean> {
    const yes = await this.#needs.people.confirm(t('Delete this conversation?'), {
      detail: t('What was asked and answered in it is forgotten. The audit log of changes is not touched.'),
      yes: t('Delete'),
    });
    if (!yes) return false;
    await (await this.#needs.client(signal)).removeConversation({ params: { id } }, { signal });
    return true;
  }

  isCurrent(id: string): boolean {
    return this.#current?.id === id;
  }

  /** Writes it as Markdown where the person wants it. */
  async export(id: string, signal: AbortSignal): Promise<void> {
    const { people, folder, documents, clock } = this.#needs;
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const path = await people.saveFile({
      title: t('Export Conversation'),
      name: `jamie-${day}.md`,
      kinds: { Markdown: ['md'] },
    });
    if (path === undefined) return;
    const { markdown } = await (await this.#needs.client(signal)).exportConversation({ params: { id } }, { signal });
    await folder.write(path, markdown);
    await documents.openFile(path);
  }

  #viewOf({ id, title, turns, updatedAt }: Conversation): ConversationView {
    const asked = turns === 1 ? t('1 question') : t('{0} questions', turns);
    return {
      id,
      title: oneLine(title, 120) || t('Without a title'),
      says: `${asked} · ${printable(updatedAt.slice(0, 16).replace('T', ' '))}`,
      current: this.isCurrent(id),
    };
  }

  /** The end of a path says more than its beginning. */
  #workspace(): string {
    return (this.#needs.folder.path() ?? '').slice(-longestWorkspace);
  }

  /** Ids of one agent mean nothing to another. */
  #keptName(): string {
    const wanted = this.#needs.wanted();
    return `chat.conversation:${wanted instanceof Error ? '' : JSON.stringify(wanted)}`;
  }
}
