import type { Graph } from '@viz-js/viz';
import type { Drawing } from './drawing.ts';

/**
 * Graphviz knows how wide the letters of Courier are without having it, and DejaVu Sans Mono, in which they are drawn, is
 * as wide: so a text fits into its box.
 */
const font = { fontname: 'Courier', fontsize: 12 };

/** A backslash begins one of Graphviz's own marks in a label. */
function plain(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

/** As Graphviz takes it, from left to right. It is made smaller where it would be larger than 20 inches either way. */
export function dotGraph({ boxes, arrows }: Drawing): Graph {
  return {
    directed: true,
    graphAttributes: { rankdir: 'LR', size: '20,20', pad: 0.2, nodesep: 0.25, ranksep: 0.8, bgcolor: 'white' },
    nodeAttributes: {
      ...font,
      shape: 'box',
      style: 'rounded,filled',
      fillcolor: '#f4f6f8',
      color: '#5b6770',
      margin: '0.15,0.08',
    },
    edgeAttributes: { ...font, fontsize: 10, color: '#5b6770', fontcolor: '#3c464d', arrowsize: 0.7 },
    nodes: boxes.map(({ id, lines }) => ({ name: id, attributes: { label: lines.map(plain).join('\n') } })),
    edges: arrows.map(({ from, to, label }) => ({ tail: from, head: to, attributes: { label: plain(label) } })),
  };
}
