import type { LongText, PictureFile } from '../files/long-text.ts';
import { graphInWords } from './graph-drawing.ts';
import type { Graph, GraphView } from './graph-message.ts';

type Named = Pick<GraphView, 'name'>;

function fileOf({ name }: Named, ending: string): Pick<LongText, 'name' | 'title'> {
  return { name: `graph-${name.replaceAll(/[^a-z0-9-]+/gi, '-')}.${ending}`, title: `What stands around ${name}` };
}

/** All of it in Mermaid, which GitHub, GitLab and many editors draw. */
export function graphFile({ mermaid }: Graph, view: Named): LongText {
  return { ...fileOf(view, 'mmd'), text: mermaid };
}

/** As it was drawn. */
export function graphPicture(graph: Graph, view: Named, png: Uint8Array): PictureFile {
  return { ...fileOf(view, 'png'), altText: graphInWords(graph), png };
}
