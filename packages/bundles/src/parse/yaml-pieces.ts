import type { Limits } from '../limits.ts';
import type { Piece, PieceCutter } from './piece.ts';

interface State {
  line: number;
  startLine: number;
  held: string[];
  heldChars: number;
  problem: string | undefined;
  /** What stands before the dash of the items of the present list; undefined outside of a list. */
  itemIndent: string | undefined;
  /** True right after `items:`, until its first item shows how they are indented. */
  awaitsItem: boolean;
  list: string[] | undefined;
  listLine: number;
}

const significant = /^\s*[^\s#]/;

/**
 * Cuts a file of YAML documents at its `---` lines, and within a List (or a document that is a sequence) its items, as
 * every printer lays them out: `items:` in the first column, then dashes of equal indentation.
 */
export function yamlPieces(emit: (piece: Piece) => void, limits: Limits): PieceCutter {
  const state: State = {
    line: 0,
    startLine: 1,
    held: [],
    heldChars: 0,
    problem: undefined,
    itemIndent: undefined,
    awaitsItem: false,
    list: undefined,
    listLine: 1,
  };
  let partial = '';

  function hold(line: string): void {
    if (state.held.length === 0) state.startLine = state.line;
    state.heldChars += line.length + 1;
    if (state.heldChars > limits.pieceChars) {
      state.problem ??= `one object is larger than ${Math.round(limits.pieceChars / 2 ** 20)} MiB`;
      state.held.length = 1;
    } else state.held.push(line);
  }

  function release(role: Piece['role']): void {
    const text = `${state.held.join('\n')}\n`;
    const problem = state.problem;
    if (state.held.some((line) => significant.test(line))) {
      const piece = { role, text: problem === undefined ? text : '', line: state.startLine };
      emit(problem === undefined ? piece : { ...piece, problem });
    }
    state.held = [];
    state.heldChars = 0;
    state.problem = undefined;
  }

  function endList(): void {
    if (state.itemIndent !== undefined) release('item');
    state.itemIndent = undefined;
    state.awaitsItem = false;
  }

  function endDocument(): void {
    endList();
    if (state.list === undefined) release('value');
    else {
      const text = [...state.list, ...state.held].join('\n');
      emit({ role: 'list', text: text.trim() === '' ? '[]' : text, line: state.listLine });
    }
    state.held = [];
    state.heldChars = 0;
    state.list = undefined;
  }

  function beginList(header: string[]): void {
    state.list = header;
    state.listLine = state.startLine;
    emit({ role: 'begin', text: header.join('\n'), line: state.listLine });
    state.held = [];
    state.heldChars = 0;
  }

  function takeLine(line: string): void {
    const code = line.charCodeAt(0);
    if (code === 45 && (line === '---' || line.startsWith('--- '))) {
      endDocument();
      const rest = line.slice(4);
      if (significant.test(rest)) hold(rest);
      return;
    }
    if (code === 46 && line.trimEnd() === '...') return endDocument();
    if (code === 37 && state.held.length === 0) return;
    if (state.awaitsItem && significant.test(line)) {
      state.awaitsItem = false;
      const indent = /^( *)-(?: |$)/.exec(line)?.[1];
      if (indent !== undefined) {
        beginList([...state.held, 'items: []'].filter((held) => !held.startsWith('items:') || held === 'items: []'));
        state.itemIndent = indent;
      }
    } else if (
      code === 45 &&
      state.list === undefined &&
      (line === '-' || line.startsWith('- ')) &&
      !state.held.some((held) => significant.test(held))
    ) {
      beginList([]);
      state.itemIndent = '';
    }
    if (state.itemIndent !== undefined) return takeListLine(line, state.itemIndent);
    if (state.list === undefined && code === 105 && /^items:\s*(?:#.*)?$/.test(line)) state.awaitsItem = true;
    hold(line);
  }

  function takeListLine(line: string, indent: string): void {
    if (line.startsWith(`${indent}-`) && (line.length === indent.length + 1 || line[indent.length + 1] === ' ')) {
      release('item');
      hold(`${indent} ${line.slice(indent.length + 1)}`);
    } else if (significant.test(line) && !/^[ \t]/.test(line)) {
      endList();
      hold(line);
    } else hold(line);
  }

  function write(text: string): void {
    const lines = (partial + text).split('\n');
    partial = lines.pop() ?? '';
    if (partial.length > limits.pieceChars) {
      state.problem ??= 'one line is absurdly long';
      partial = '';
    }
    for (const line of lines) {
      state.line++;
      takeLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
  }

  function end(): void {
    state.line++;
    if (partial !== '') takeLine(partial.endsWith('\r') ? partial.slice(0, -1) : partial);
    partial = '';
    endDocument();
  }

  return { write, end };
}
