import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { oneLine } from '@autodevops/domain/printable';

/** Keys and indices from the document's root. */
export type YamlPath = readonly (string | number)[];

/** A document with the lines that its parts stand on, counted from 1. */
export interface LinedDocument {
  readonly value: unknown;
  readonly lineOf: (path: YamlPath) => number;
  readonly lineOfKey: (path: YamlPath, key: string) => number;
}

export interface YamlProblem {
  readonly line: number;
  readonly says: string;
}

function locate(document: Document, lines: LineCounter): Pick<LinedDocument, 'lineOf' | 'lineOfKey'> {
  const lineAt = (offset: number | undefined): number =>
    offset === undefined ? 1 : Math.max(1, lines.linePos(offset).line);
  const lineOf = (path: YamlPath): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node)) return lineAt(node.range?.[0]);
    }
    return 1;
  };
  const lineOfKey = (path: YamlPath, key: string): number => {
    const map = document.getIn(path, true);
    const pair = isMap(map)
      ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      : undefined;
    return isScalar(pair?.key) ? lineAt(pair.key.range?.[0]) : lineOf(path);
  };
  return { lineOf, lineOfKey };
}

const longest = 262_144;
/** Of what the parser quotes from the file. */
const mostSaid = 160;

/** Reads one YAML document, or says what is wrong with it. Tags that mean nothing here, repeated keys and alias bombs are refused. */
export function readYaml(text: string): LinedDocument | readonly YamlProblem[] {
  if (text.length > longest) return [{ line: 1, says: `it is longer than ${longest / 1024} KiB` }];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    return wrong.map(({ code, pos, message }) => ({
      line: lines.linePos(pos[0]).line,
      // The parser's own words are for who calls it.
      says:
        code === 'MULTIPLE_DOCS'
          ? 'a second document begins here, and only one is read'
          : oneLine(message.split('\n')[0] ?? '', mostSaid),
    }));
  }
  try {
    return { value: document.toJS({ maxAliasCount: 20 }), ...locate(document, lines) };
  } catch {
    return [{ line: 1, says: 'it has too many aliases' }];
  }
}
