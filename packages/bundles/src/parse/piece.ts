/**
 * One object's text, cut out of a file without parsing the whole of it, so that memory is bounded by the largest object
 * and one bad object costs only itself. `begin`: what stands before the items of a list, not yet whole; `item`: one of
 * them; `list`: the list without its items, after the last. `problem`: why the text cannot be read; the text is then empty or only a beginning.
 */
export interface Piece {
  readonly role: 'value' | 'begin' | 'item' | 'list';
  readonly text: string;
  /** Where the piece begins, counted from 1. */
  readonly line: number;
  readonly problem?: string;
}

/** Cuts a file's text, given in chunks of any size, into pieces. */
export interface PieceCutter {
  readonly write: (text: string) => void;
  readonly end: () => void;
}
