import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { isRecord } from '@autodevops/domain/raw-record';
import { decodeText } from '../parse/decode-text.ts';
import { jsonPieces } from '../parse/json-pieces.ts';
import { YamlProblem, parseYaml } from '../parse/parse-yaml.ts';
import type { Piece, PieceCutter } from '../parse/piece.ts';
import { isDeclared, languageOf, looksLikeObjects } from '../parse/sniff.ts';
import type { Language } from '../parse/sniff.ts';
import { yamlPieces } from '../parse/yaml-pieces.ts';
import type { Place } from './place.ts';
import { noteProblem } from './reading.ts';
import type { Reading } from './reading.ts';
import { resolveKind } from './resolve-kind.ts';
import { noteList } from './seen.ts';
import { assumedOfList, listTally, nothingAssumed, takeObject } from './take-object.ts';
import type { Assumed, ListTally } from './take-object.ts';

/** Items that wait for the end of their list to learn what they are. */
const mostWaiting = 20_000;

interface ListInHand {
  readonly tally: ListTally;
  readonly waiting: unknown[];
  assumed: Assumed;
  cut: boolean;
}

function newList(): ListInHand {
  return { tally: listTally(), waiting: [], assumed: nothingAssumed, cut: false };
}

function kindNamed(text: string): { kind: string; apiVersion: string } {
  const kind = /["']?\bkind["']?\s*:\s*["']?(\w+)/.exec(text)?.[1] ?? '';
  const apiVersion = /["']?\bapiVersion["']?\s*:\s*["']?([\w./-]+)/.exec(text)?.[1] ?? '';
  return { kind, apiVersion };
}

interface Parsed {
  readonly value: unknown;
  readonly problem?: { readonly line: number; readonly reason: string };
}

function lineOfJsonError(message: string, text: string): number {
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
  let line = 0;
  for (let index = text.indexOf('\n'); index >= 0 && index < at; index = text.indexOf('\n', index + 1)) line++;
  return line;
}

function parsePiece(piece: Piece, language: Language, reading: Reading): Parsed {
  try {
    if (language === 'json') return { value: JSON.parse(piece.text) as unknown };
    const start = piece.text.trimStart();
    if (start.startsWith('{') || start.startsWith('[')) {
      try {
        return { value: JSON.parse(start) as unknown };
      } catch {
        // Flow style that is no JSON; the YAML parser reads it.
      }
    }
    return { value: parseYaml(piece.text, reading.limits) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof YamlProblem) {
      return {
        value: undefined,
        problem: { line: piece.line + error.line - 1, reason: `YAML that does not parse (${message})` },
      };
    }
    return {
      value: undefined,
      problem: { line: piece.line + lineOfJsonError(message, piece.text), reason: 'JSON that does not parse' },
    };
  }
}

/** Takes the pieces of one file in, in their order. */
function pieceTaker(reading: Reading, place: Place, language: Language): (piece: Piece) => void {
  let list = newList();

  function fail(line: number, reason: string, text: string): void {
    list.cut = true;
    const { kind, apiVersion } = kindNamed(text);
    const known: KindName | undefined =
      resolveKind(kind, apiVersion) ?? resolveKind(list.assumed.kind, list.assumed.apiVersion) ?? place.kind;
    noteProblem(reading, { path: place.path, line, reason }, known);
  }

  function beginList(header: string): void {
    list = newList();
    list.assumed = assumedOfList(kindNamed(header), place);
  }

  function takeItem(value: unknown): void {
    if (isRecord(value) && typeof value['kind'] !== 'string' && list.assumed === nothingAssumed) {
      if (list.waiting.length < mostWaiting) list.waiting.push(value);
    } else list.tally.count(takeObject(reading, value, { place, assumed: list.assumed }));
  }

  function endList(value: unknown): void {
    const raw = isRecord(value) ? value : {};
    const assumed = assumedOfList(raw, place);
    for (const item of list.waiting) list.tally.count(takeObject(reading, item, { place, assumed }));
    noteList(reading.seen, list.tally.seen(raw, place, assumed, list.cut));
    list = newList();
  }

  return (piece) => {
    if (piece.role === 'begin') return beginList(piece.text);
    if (piece.problem !== undefined) {
      fail(piece.line, piece.problem, '');
      if (piece.role === 'list') endList(undefined);
      return;
    }
    const parsed = parsePiece(piece, language, reading);
    if (parsed.problem !== undefined && (looksLikeObjects(piece.text) || piece.role !== 'value')) {
      fail(parsed.problem.line, parsed.problem.reason, piece.text);
    }
    if (piece.role === 'item') takeItem(parsed.value);
    else if (piece.role === 'list') endList(parsed.value);
    else {
      takeObject(reading, parsed.value, {
        place,
        assumed: place.kind === undefined ? nothingAssumed : { kind: place.kind, apiVersion: '' },
      });
    }
  };
}

export interface FileToRead {
  readonly place: Place;
  readonly body: AsyncIterable<Uint8Array>;
  readonly breathe: () => Promise<void> | undefined;
  /** Lines between JSON values (the logs of a dump); answers whether the next line is text too. */
  readonly onText: (line: string) => boolean;
  /** The beginning of a file that holds no objects by its looks. */
  readonly onOther: (head: string) => void;
}

/**
 * Reads every object of a file, whatever it holds: one document or many, Lists, arrays, NDJSON, JSON with text between.
 * What cannot be read becomes a problem of `reading`. Returns false when the file holds no objects by its looks.
 */
export async function readObjectFile(file: FileToRead, reading: Reading): Promise<boolean> {
  let cutter: PieceCutter | undefined;
  let head = '';
  for await (const text of decodeText(file.body)) {
    if (cutter === undefined) {
      head += text;
      if (head.trim().length < 512 && head.length < 65_536) continue;
      cutter = cutterFor(file, reading, head);
      if (cutter === undefined) return false;
      cutter.write(head);
    } else cutter.write(text);
    await file.breathe();
  }
  if (cutter === undefined) {
    cutter = cutterFor(file, reading, head);
    cutter?.write(head);
  }
  cutter?.end();
  return cutter !== undefined;
}

function cutterFor(file: FileToRead, reading: Reading, head: string): PieceCutter | undefined {
  const { place } = file;
  const language = languageOf(place.path, head);
  if (language === undefined) {
    const damaged = isDeclared(place.path) && looksLikeObjects(head);
    if (damaged) noteProblem(reading, { path: place.path, line: 1, reason: 'neither JSON nor YAML' }, place.kind);
    file.onOther(head);
    return undefined;
  }
  const take = pieceTaker(reading, place, language);
  return language === 'json' ? jsonPieces(take, file.onText, reading.limits) : yamlPieces(take, reading.limits);
}
