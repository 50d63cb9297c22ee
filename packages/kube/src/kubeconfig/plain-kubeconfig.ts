interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Thrown inside this file only: the text is not of the plain kind. */
class Unusual extends Error {}

const special = /^[&*!|>%@`{[?,\]}#"']|^- |^-$|: |:$|\s#/;
const word = /^(?:true|false|null|~|yes|no|on|off|y|n)$/i;
const startsLikeNumber = /^[-+.\d]/;
const integer = /^(?:0|[1-9]\d{0,14})$/;

function scalar(text: string): unknown {
  if (text === '{}') return {};
  if (text === '[]') return [];
  if (text === '""' || text === "''") return '';
  const quoted = /^"([^"\\]*)"$|^'([^']*)'$/.exec(text);
  if (quoted !== null) return quoted[1] ?? quoted[2];
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (integer.test(text)) return Number(text);
  if (special.test(text) || word.test(text)) throw new Unusual();
  // Addresses and file names are texts; what might be a number or a time is left to the general parser.
  if (startsLikeNumber.test(text) && !/^(?:\.{0,2}\/|-[a-z-])/.test(text)) throw new Unusual();
  return text;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let opened = false;
  for (const raw of text.split(/\r?\n/)) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    if (raw.trimEnd() === '---' && lines.length === 0 && !opened) {
      opened = true;
      continue;
    }
    if (raw.includes('\t') || /^(?:---|\.\.\.|%)/.test(raw)) throw new Unusual();
    lines.push({ indent: raw.length - raw.trimStart().length, text: trimmed });
  }
  return lines;
}

function isItem(line: Line | undefined): boolean {
  return line !== undefined && (line.text === '-' || line.text.startsWith('- '));
}

function readItems(lines: Line[], indent: number): unknown[] {
  const items: unknown[] = [];
  for (let line = lines[0]; line !== undefined && line.indent === indent && isItem(line); line = lines[0]) {
    const inner = line.text.slice(1).trimStart();
    if (inner === '') throw new Unusual();
    if (!/^[\w./-]+:(?: |$)/.test(inner)) {
      lines.shift();
      items.push(scalar(inner));
      continue;
    }
    lines[0] = { indent: indent + line.text.length - inner.length, text: inner };
    items.push(readMap(lines, lines[0].indent));
  }
  return items;
}

function readBelow(lines: Line[], indent: number): unknown {
  const next = lines[0];
  if (next === undefined || next.indent < indent) return null;
  if (isItem(next)) return readItems(lines, next.indent);
  return next.indent > indent ? readMap(lines, next.indent) : null;
}

function readMap(lines: Line[], indent: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (let line = lines[0]; line !== undefined && line.indent === indent && !isItem(line); line = lines[0]) {
    const match = /^([A-Za-z_][\w./-]*):(?: +(.*))?$/.exec(line.text);
    const key = match?.[1];
    if (key === undefined || key === '__proto__' || word.test(key) || Object.hasOwn(map, key)) throw new Unusual();
    lines.shift();
    const value = match?.[2] ?? '';
    map[key] = value === '' ? readBelow(lines, indent) : scalar(value);
  }
  const next = lines[0];
  if (next !== undefined && next.indent > indent) throw new Unusual();
  return map;
}

/**
 * Reads a kubeconfig as kubectl and the clouds' tools write it (block maps and lists of one-line scalars) without
 * loading a YAML parser, which would cost more than the rest of a short run. Undefined for everything else: it is never
 * read differently.
 */
export function parsePlainKubeconfig(text: string): unknown {
  try {
    const lines = linesOf(text);
    const first = lines[0];
    if (first === undefined || first.indent !== 0 || isItem(first)) return undefined;
    const map = readMap(lines, 0);
    return lines.length === 0 ? map : undefined;
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}
