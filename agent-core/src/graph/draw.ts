import { oneLine } from '@autodevops/domain/printable';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Edge } from './edge.ts';

export type GraphFormat = 'text' | 'mermaid' | 'dot';

/** By what is shown, then letter by letter: names that differ only in what a collation ignores keep one order too. */
function sorted(edges: readonly Edge[]): readonly Edge[] {
  const line = (e: Edge): string => `${refKey(e.from)} ${e.verb} ${refKey(e.to)} ${e.detail}`;
  const lines = edges.map((edge) => ({ edge, line: line(edge) }));
  return lines
    .toSorted((a, b) => a.line.localeCompare(b.line) || Number(a.line > b.line) - Number(a.line < b.line))
    .map(({ edge }) => edge);
}

function nodesOf(edges: readonly Edge[]): ReadonlyMap<string, { id: string; ref: ObjectRef }> {
  const nodes = new Map<string, { id: string; ref: ObjectRef }>();
  for (const ref of edges.flatMap((e) => [e.from, e.to])) {
    if (!nodes.has(refKey(ref))) nodes.set(refKey(ref), { id: `n${nodes.size}`, ref });
  }
  return nodes;
}

function label(ref: ObjectRef): string {
  return oneLine(refText(ref), 90);
}

function drawText(edges: readonly Edge[]): string {
  const bySource = Map.groupBy(edges, (e) => refKey(e.from));
  const blocks = [...bySource.values()].map((own) => {
    const lines = own.map((e) => `  ${e.verb} ${label(e.to)}${e.detail === '' ? '' : ` (${oneLine(e.detail, 60)})`}`);
    return [...own.slice(0, 1).map((e) => label(e.from)), ...new Set(lines)].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

const mermaidEntities: Readonly<Record<string, string>> = {
  '#': '#35;',
  '&': '#amp;',
  '"': '#quot;',
  '<': '#lt;',
  '>': '#gt;',
  '|': '#124;',
  '`': '#96;',
  '%': '#37;',
  '{': '#123;',
  '}': '#125;',
};

/**
 * Mermaid's labels know no escape but its entities, which begin with `#`. `%%{…}%%` is a directive wherever it stands, in
 * quotes, too: https://mermaid.js.org/config/directives.html
 */
function mermaidText(text: string): string {
  return text.replaceAll(/[#&"<>|`%{}]/g, (char) => mermaidEntities[char] ?? char);
}

function drawMermaid(edges: readonly Edge[]): string {
  const nodes = nodesOf(edges);
  const declared = [...nodes.values()].map(({ id, ref }) => `  ${id}["${mermaidText(label(ref))}"]`);
  const arrows = edges.map((e) => `  ${nodes.get(refKey(e.from))?.id} -->|${e.verb}| ${nodes.get(refKey(e.to))?.id}`);
  return `${['flowchart LR', ...declared, ...new Set(arrows)].join('\n')}\n`;
}

function drawDot(edges: readonly Edge[]): string {
  const nodes = nodesOf(edges);
  const declared = [...nodes.values()].map(({ id, ref }) => `  ${id} [label=${JSON.stringify(label(ref))}];`);
  const arrows = edges.map(
    (e) => `  ${nodes.get(refKey(e.from))?.id} -> ${nodes.get(refKey(e.to))?.id} [label="${e.verb}"];`,
  );
  return `${['digraph cluster {', '  rankdir=LR;', ...declared, ...new Set(arrows), '}'].join('\n')}\n`;
}

const drawings: Readonly<Record<GraphFormat, (edges: readonly Edge[]) => string>> = {
  text: drawText,
  mermaid: drawMermaid,
  dot: drawDot,
};

/** The edges as text, Mermaid or DOT; the same edges give the same drawing, in whatever order they come. */
export function drawGraph(edges: readonly Edge[], format: GraphFormat): string {
  return drawings[format](sorted(edges));
}
