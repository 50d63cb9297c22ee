import type { Part } from '../protocol/part.ts';
import type { ToPage } from '../protocol/to-page.ts';
import type { TurnView } from '../protocol/turn-view.ts';
import { begun, ended, withMore, withoutPart, withPart } from './turns.ts';

/** A page of so many turns stays quick; older ones are in the history. */
const keptTurns = 100;

/** What is shown of the conversation. Every change of it is told to the page, which may be away. */
export class Dialogue {
  readonly #tell: (message: ToPage) => void;
  #turns: readonly TurnView[] = [];
  #title = '';
  #last = 0;

  constructor(tell: (message: ToPage) => void) {
    this.#tell = tell;
  }

  get turns(): readonly TurnView[] {
    return this.#turns;
  }

  turn(id: number): TurnView | undefined {
    return this.#turns.find((one) => one.id === id);
  }

  /** Gives the id of the new turn. Ids are never given twice, whatever conversation they are of. */
  begin(question: string): number {
    const turn = begun((this.#last += 1), question);
    const [oldest] = this.#turns;
    if (this.#turns.length >= keptTurns && oldest !== undefined) this.forget(oldest.id);
    this.#turns = [...this.#turns, turn];
    this.#tell({ type: 'turn', turn });
    return turn.id;
  }

  put(id: number, part: Part): void {
    if (this.#change(id, (turn) => withPart(turn, part))) this.#tell({ type: 'part', turn: id, part });
  }

  /** More of a long list, behind what is shown of it. */
  putMore(id: number, after: string, part: Part): void {
    if (this.#change(id, (turn) => withMore(turn, after, part))) this.#tell({ type: 'part', turn: id, part, after });
  }

  drop(id: number, part: string): void {
    if (this.#change(id, (turn) => withoutPart(turn, part))) this.#tell({ type: 'drop', turn: id, part });
  }

  end(id: number, how: TurnView['how'], says: string): void {
    if (this.#change(id, (turn) => ended(turn, how))) this.#tell({ type: 'ended', turn: id, how, says });
  }

  forget(id: number): void {
    this.#turns = this.#turns.filter((turn) => turn.id !== id);
    this.#tell({ type: 'forget', turn: id });
  }

  /** Another conversation. */
  show(title: string, turns: readonly TurnView[]): void {
    this.#turns = turns.map((turn) => ({ ...turn, id: (this.#last += 1) }));
    this.#title = title;
    this.#tell({ type: 'conversation', title, turns: [...this.#turns] });
  }

  tellTitle(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.#tell({ type: 'title', title });
  }

  #change(id: number, change: (turn: TurnView) => TurnView): boolean {
    const known = this.turn(id);
    if (known === undefined) return false;
    this.#turns = this.#turns.map((turn) => (turn.id === id ? change(turn) : turn));
    return true;
  }
}
