import type { AgentClient } from '@autodevops/agentd/client';
import type { Cause } from '@autodevops/domain/diagnosis';
import { finalStates } from '@autodevops/domain/change/change';
import type { Change } from '@autodevops/domain/change/change';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine, printable } from '@autodevops/domain/printable';
import { refText } from '@autodevops/domain/object-ref';
import { essence, isOwnYesEnough } from '../../changes/agreement.ts';
import type { CommandId } from '../../contributions/commands.ts';
import { isOfManifests } from '../../manifests/live/proposed-edits.ts';
import { differenceDocuments } from '../../documents/difference.ts';
import { failureText } from '../../language/failure-text.ts';
import { t } from '../../language/translate.ts';
import type { Subject } from '../../tree/subject.ts';
import type { WindowParts } from '../../window-parts.ts';
import type { LinkBook } from '../links/link-book.ts';
import type { CardButton, Part } from '../protocol/part.ts';
import { cardView } from './card-view.ts';
import type { Offer } from './card-view.ts';
import { gitRequest } from './git-request.ts';
import type { GitParts } from './git-request.ts';

export type Fix = Awaited<ReturnType<AgentClient['fixes']>>['fixes'][number];
type Proposal = NonNullable<Parameters<AgentClient['propose']>[0]['body']>;

export interface CardPlace {
  readonly turn: number;
  readonly id: string;
}

export interface Wanted extends CardPlace {
  readonly cause: Cause;
  readonly request: ActionRequest;
}

interface Card extends Offer, CardPlace {
  readonly body: Proposal;
  readonly cause: Cause;
  readonly name: string;
}

export interface DeskParts {
  readonly window: Pick<WindowParts, 'client' | 'clusters' | 'documents' | 'changes' | 'folder' | 'people' | 'kept'>;
  readonly filesWith: GitParts['filesWith'];
  readonly links: LinkBook;
  readonly run: (command: CommandId, subject?: Subject) => Promise<void>;
  /** Shows a card as it is now. */
  readonly show: (turn: number, part: Part) => void;
  /** Ends with the window: a change that is followed goes on without it. */
  readonly life: AbortSignal;
}

/** The cards of a conversation: what was rehearsed, what became of it, and what its buttons do. */
export class CardDesk {
  readonly #parts: DeskParts;
  readonly #cards = new Map<string, Card>();
  readonly #pressed = new Set<string>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Rehearses a request; gives its card. Nothing is proposed by that. */
  async offer({ turn, id, cause, request }: Wanted, client: AgentClient, signal: AbortSignal): Promise<Part> {
    const { code, object } = cause;
    const finding = { code, kind: object.kind, namespace: object.namespace, name: object.name };
    const body: Proposal = { requests: [request], reason: oneLine(cause.cause, 500), finding };
    const { plan, decision } = await client.explainDecision({ body }, { signal });
    const own = await isOwnYesEnough(client, decision, signal);
    const inGit =
      isOfManifests(request.action) &&
      this.#parts.window.folder.trusted() &&
      this.#parts.window.folder.path() !== undefined;
    const card: Card = {
      turn,
      id,
      body,
      cause,
      request,
      inGit,
      plan,
      decision,
      own,
      name: refText(object),
      change: undefined,
      note: '',
      locked: this.#locked(),
    };
    this.#cards.set(keyOf(card), card);
    return this.#partOf(card);
  }

  /** What a button does. One press at a time: a second one while the first is under way is none. */
  async press(place: CardPlace, button: CardButton, signal: AbortSignal): Promise<void> {
    const card = this.#cards.get(keyOf(place));
    if (card === undefined) throw new AutoDevOpsError('usage', t('That proposal is too old.'), t('Ask again.'));
    if (this.#pressed.has(keyOf(place))) return;
    this.#pressed.add(keyOf(place));
    try {
      await this.#do(card, button, signal);
    } catch (error) {
      // Said where it was pressed.
      if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
      this.#put({
        ...(this.#cards.get(keyOf(place)) ?? card),
        locked: this.#locked(),
        note: failureText(error),
      });
    } finally {
      this.#pressed.delete(keyOf(place));
    }
  }

  forget(): void {
    this.#cards.clear();
  }

  #locked(): boolean {
    return this.#parts.window.clusters.refusal() !== undefined;
  }

  async #do(card: Card, button: CardButton, signal: AbortSignal): Promise<void> {
    if (button === 'difference') return await this.#compare(card);
    if (button === 'unlock') {
      await this.#parts.run('autodevops.cluster.unlock');
      return this.#put({ ...card, locked: this.#locked() });
    }
    const offered = cardView({ ...card, locked: this.#locked() }, this.#parts.links).buttons.some(
      (one) => one.button === button,
    );
    if (!offered) {
      throw (
        this.#parts.window.clusters.refusal() ??
        new AutoDevOpsError('change.wrong-state', t('That cannot be done now.'), t('See what the card says.'))
      );
    }
    if (button === 'details' || button === 'undo') {
      return await this.#command(card, button === 'undo' ? 'autodevops.undoChange' : 'autodevops.showChange', signal);
    }
    if (button === 'git' && card.request.action !== 'open-git-change') return await this.#offerInGit(card, signal);
    await this.#carryOut(card, signal);
  }

  /** The same as a proposal to a repository: a card of its own, decided by the policy as any other. */
  async #offerInGit(card: Card, signal: AbortSignal): Promise<void> {
    const { window, filesWith, show } = this.#parts;
    const will = card.plan.actions.map(({ sentences }) => sentences.will).join(' ');
    const request = await gitRequest({ window, filesWith }, card.request, { will, why: card.cause.cause });
    if (request !== undefined) {
      show(
        card.turn,
        await this.offer(
          { turn: card.turn, id: `${card.id}-git`, cause: card.cause, request },
          await window.client(signal),
          signal,
        ),
      );
    }
  }

  async #command(card: Card, command: CommandId, signal: AbortSignal): Promise<void> {
    if (card.change === undefined) return;
    const { id } = card.change;
    await this.#parts.run(command, { type: 'change', id });
    const client = await this.#parts.window.client(signal);
    this.#moved(card, await client.change({ params: { id } }, { signal }));
  }

  async #compare({ id, turn, plan, name }: Card): Promise<void> {
    const { before, after } = differenceDocuments(`card-${turn}-${id}`, plan.diff);
    await this.#parts.window.documents.compare(before, after, t('{0}: live and proposed', oneLine(name, 100)));
  }

  /** A yes is to exactly what the card shows: where the cluster has changed meanwhile, it is shown anew and asked again. */
  async #carryOut(card: Card, signal: AbortSignal): Promise<void> {
    const client = await this.#parts.window.client(signal);
    const change = card.change ?? (await client.propose({ body: card.body }, { signal }));
    if (change.state !== 'waiting' || !card.own) return this.#follow(this.#moved(card, change));
    if (
      change.decision !== undefined &&
      essence(change.plan, change.decision.tier) !== essence(card.plan, card.decision.tier)
    ) {
      return this.#put({
        ...this.#renewed(card, change),
        note: t('The cluster has changed meanwhile: this is what would be done now.'),
      });
    }
    this.#follow(
      this.#moved(
        card,
        await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, { signal }),
      ),
    );
  }

  #renewed(card: Card, change: Change): Card {
    return {
      ...card,
      change,
      plan: change.plan,
      decision: change.decision ?? card.decision,
      note: '',
      locked: this.#locked(),
    };
  }

  #moved(card: Card, change: Change): Card {
    const moved = this.#renewed(card, change);
    this.#put(moved);
    return moved;
  }

  /** Shows how it goes on, to its end, in the card and in the view. */
  #follow(card: Card): void {
    const { change } = card;
    if (change === undefined || finalStates.includes(change.state)) return;
    this.#parts.window.changes.follow();
    this.#watch(card, change.id).catch((error: unknown) => {
      if (this.#parts.life.aborted) return;
      const why = error instanceof AutoDevOpsError ? error.message : t('Something went wrong that nobody foresaw.');
      this.#put({ ...card, note: printable(t('It cannot be followed: {0}', why)) });
    });
  }

  async #watch(card: Card, id: string): Promise<void> {
    const ended = new AbortController();
    try {
      const client = await this.#parts.window.client(this.#parts.life);
      for await (const { event } of client.watchChange(
        { params: { id } },
        { signal: AbortSignal.any([this.#parts.life, ended.signal]) },
      )) {
        this.#moved(card, event);
        if (finalStates.includes(event.state)) return;
      }
    } finally {
      ended.abort();
    }
  }

  #put(card: Card): void {
    // Of a conversation that was left nothing is shown any more.
    if (!this.#cards.has(keyOf(card))) return;
    this.#cards.set(keyOf(card), card);
    this.#parts.show(card.turn, this.#partOf(card));
  }

  #partOf(card: Card): Part {
    return { id: card.id, kind: 'card', card: cardView(card, this.#parts.links) };
  }
}

function keyOf({ turn, id }: CardPlace): string {
  return `${turn}/${id}`;
}
