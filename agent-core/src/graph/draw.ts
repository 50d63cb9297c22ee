import { oneLine } from '@autodevops/domain/printable';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Edge } from './edge.ts';

export type GraphFormat = 'text' | 'mermaid' | 'dot';

function sorted(edges: readonly Edge[]): readonly Edge[] {
  const line = (e: Edge): string => `${refKey(e.from)} ${e.verb} ${refKey(e.to)} ${e.detail}`;
  return edges.toSorted((a, b) => line(a).localeCompare(line(b)));
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
  const bySource = Map.groupBy(edges, (e) => label(e.from));
  const blocks = [...bySource].map(([from, own]) => {
    const lines = own.map((e) => `  ${e.verb} ${label(e.to)}${e.detail === '' ? '' : ` (${oneLine(e.detail, 60)})`}`);
    return [from, ...new Set(lines)].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

/** Mermaid has no escape for quotation marks in labels but HTML entities. */
function mermaidText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('|', '&#124;');
}

function drawMermaid(edges: readonly Edge[]): string {
  const nodes = nodesOf(edges);
  const declared = [...nodes.values()].map(({ id, ref }) => `  ${id}["${mermaidText(label(ref))}"]`);
  const arrows = edges.map((e) => `  ${nodes.get(refKey(e.from))?.id} -->|${e.verb}| ${nodes.get(refKey(e.to))?.id}`);
  return `${['flowchart LR', ...declared, ...new Set(arrows)].join('\n')}\n`;
}

function drawDot(edges: readonly Edge[]): string {
  const text = (ref: ObjectRef): string => JSON.stringify(label(ref));
  const arrows = edges.map((e) => `  ${text(e.from)} -> ${text(e.to)} [label="${e.verb}"];`);
  return `${['digraph cluster {', '  rankdir=LR;', ...new Set(arrows), '}'].join('\n')}\n`;
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
