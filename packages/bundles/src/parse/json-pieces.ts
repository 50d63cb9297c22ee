import type { Limits } from '../limits.ts';
import type { Piece, PieceCutter } from './piece.ts';

const quote = 34;
const newline = 10;
const [openBrace, closeBrace, openBracket, closeBracket, colon] = [123, 125, 91, 93, 58];

interface State {
  depth: number;
  inString: boolean;
  escaped: boolean;
  line: number;
  /** Where the present piece began, its text so far, and why it is no good. */
  startLine: number;
  held: string[];
  heldChars: number;
  problem: string | undefined;
  /** Depth at which the items of the present list lie; 0 when there is no list. */
  itemDepth: number;
  /** The list around the items: its text, and its line. */
  listText: string[];
  listLine: number;
  /** The last short string at depth 1 and whether a colon followed: the key that a value belongs to. */
  key: string;
  afterColon: boolean;
}

/**
 * Cuts concatenated JSON values (one document, NDJSON, what kubectl prints for several files), and within a List or an
 * array its items. Text between values goes line by line to `onText`, which answers whether the next line is text too,
 * even if it looks like JSON (as lines of logs do).
 */
export function jsonPieces(
  emit: (piece: Piece) => void,
  onText: (line: string) => boolean,
  limits: Limits,
): PieceCutter {
  const state: State = {
    depth: 0,
    inString: false,
    escaped: false,
    line: 1,
    startLine: 1,
    held: [],
    heldChars: 0,
    problem: undefined,
    itemDepth: 0,
    listText: [],
    listLine: 1,
    key: '',
    afterColon: false,
  };
  let outside = '';
  let textOnly = false;
  /** The next backslash of the present chunk, so that it is looked for once and not for every string. */
  let slash = -1;

  function hold(text: string): void {
    state.heldChars += text.length;
    if (state.heldChars > limits.pieceChars) {
      state.problem ??= `one object is larger than ${Math.round(limits.pieceChars / 2 ** 20)} MiB`;
      state.held.length = 0;
    } else state.held.push(text);
  }

  function take(): string {
    const text = state.held.join('');
    state.held = [];
    state.heldChars = 0;
    return text;
  }

  function release(role: Piece['role'], text: string, line: number): void {
    emit(state.problem === undefined ? { role, text, line } : { role, text: '', line, problem: state.problem });
    state.problem = undefined;
  }

  function flushText(): void {
    if (outside.trim() !== '') textOnly = onText(outside);
    outside = '';
  }

  /** Goes through a string from `from`; the index after its end, or the chunk's length. */
  function skipString(text: string, from: number): number {
    let at = from;
    const begin = from;
    if (state.escaped) {
      state.escaped = false;
      at++;
    }
    for (;;) {
      const end = text.indexOf('"', at);
      if (slash < at) {
        slash = text.indexOf('\\', at);
        if (slash < 0) slash = text.length;
      }
      if (end >= 0 && end < slash) {
        state.inString = false;
        if (state.depth === 1 && state.key.length < 16) state.key += text.slice(begin, end);
        return end + 1;
      }
      if (slash >= text.length - 1) {
        state.escaped = slash === text.length - 1;
        if (state.depth === 1 && state.key.length < 16) state.key += text.slice(begin, begin + 16);
        return text.length;
      }
      at = slash + 2;
    }
  }

  function open(code: number, text: string, at: number, start: number): number {
    let from = start;
    if (state.depth === 0) {
      flushText();
      state.startLine = state.line;
      from = at;
      if (code === openBracket) {
        [state.itemDepth, state.listText, state.listLine, from] = [1, ['[]'], state.line, at + 1];
        emit({ role: 'begin', text: '', line: state.line });
      }
    } else if (
      state.depth === 1 &&
      code === openBracket &&
      state.itemDepth === 0 &&
      state.afterColon &&
      state.key === 'items'
    ) {
      hold(text.slice(start, at));
      const header = take();
      [state.itemDepth, state.listText, state.listLine] = [2, [header, '[]'], state.startLine];
      emit({ role: 'begin', text: header, line: state.startLine });
      from = at + 1;
    } else if (state.depth === state.itemDepth && state.itemDepth > 0) {
      state.held = [];
      state.heldChars = 0;
      state.startLine = state.line;
      from = at;
    }
    state.afterColon = false;
    if (++state.depth > limits.depth) state.problem ??= `lists and maps lie more than ${limits.depth} deep`;
    return from;
  }

  function close(text: string, at: number, start: number): number {
    if (state.depth === 0) return at + 1;
    state.depth--;
    if (state.itemDepth > 0 && state.depth === state.itemDepth) {
      hold(text.slice(start, at + 1));
      release('item', take(), state.startLine);
      return at + 1;
    }
    if (state.itemDepth === 2 && state.depth === 1) {
      // The end of `items`; what follows belongs to the list again.
      take();
      state.itemDepth = -1;
      return at + 1;
    }
    if (state.depth > 0) return start;
    if (state.itemDepth === 1) take();
    else hold(text.slice(start, at + 1));
    const rest = take();
    if (state.itemDepth === 0) release('value', rest, state.startLine);
    else release('list', state.itemDepth === 1 ? '[]' : state.listText.join('') + rest, state.listLine);
    [state.itemDepth, state.listText] = [0, []];
    return at + 1;
  }

  function write(text: string): void {
    let start = 0;
    let at = 0;
    slash = -1;
    while (at < text.length) {
      if (state.inString) {
        at = skipString(text, at);
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === newline) {
        if (state.depth === 0) {
          outside += text.slice(start, at);
          flushText();
          start = at + 1;
        }
        state.line++;
      } else if (code === quote && state.depth > 0) {
        state.inString = true;
        if (state.depth === 1) [state.key, state.afterColon] = ['', false];
      } else if (code === openBrace || code === openBracket) {
        if (state.depth === 0 && (textOnly || (outside + text.slice(start, at)).trim() !== '')) {
          at++;
          continue;
        }
        start = open(code, text, at, start);
      } else if (code === closeBrace || code === closeBracket) {
        if (state.depth > 0) start = close(text, at, start);
      } else if (code === colon && state.depth === 1) state.afterColon = true;
      at++;
    }
    if (state.depth === 0) outside += text.slice(start).slice(0, 4096);
    else if (state.depth !== state.itemDepth) hold(text.slice(start));
  }

  function end(): void {
    flushText();
    if (state.depth === 0) return;
    state.problem = 'the file ends in the middle of an object';
    const inItem = state.itemDepth > 0 && state.depth > state.itemDepth;
    release(inItem ? 'item' : 'value', '', state.startLine);
    if (state.itemDepth !== 0) {
      emit({ role: 'list', text: state.listText.join(''), line: state.listLine, problem: 'the list is cut off' });
    }
  }

  return { write, end };
}
