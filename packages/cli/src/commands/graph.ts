import { drawGraph } from '@autodevops/agent-core/graph/draw';
import { around, graphOf, ownedTree } from '@autodevops/agent-core/graph';
import { focusObjects } from '@autodevops/agent-core/jamie/focus';
import type { Focus } from '@autodevops/agent-core/jamie/focus';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { command } from '../command.ts';
import { readSnapshot } from '../looking/read-snapshot.ts';
import { focusFrom, namespacesOf } from '../looking/scope.ts';
import { clusterOptions, everywhere, scopeOptions } from '../options/groups.ts';
import { choice, standing, wholeNumber } from '../options/form.ts';
import { option } from '../options/option.ts';
import { blindLines } from '../render/blind-lines.ts';
import { cleared } from '../render/cleared.ts';
import type { Surroundings } from '../surroundings.ts';
import { lookFor } from '../terminal/look.ts';
import { plainAscii } from '../terminal/paint.ts';

/** The objects and all that they own: a Deployment's neighbours are those of its pods. */
function whole(snapshot: Snapshot, focus: readonly Focus[]): readonly ObjectRef[] {
  return focus.flatMap((f) => focusObjects(snapshot, f)).flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]);
}

/** Beside the picture, which others read. */
function tellUnseen({ stderr }: Surroundings, snapshot: Snapshot): void {
  const look = lookFor(stderr.facts);
  const [, ...lines] = blindLines(cleared(snapshot.blindSpots), look, true);
  const text = lines.map((line) => `${line}\n`).join('');
  stderr.write(look.unicode ? text : plainAscii(text));
}

export const graphCommand = command({
  operands: '[KIND/NAME ...]',
  description:
    'Draws who leans on whom: owners, selectors, mounts, configuration, calls by host name, routes, nodes. With objects: their neighbourhood.',
  examples: [
    ['autodevops graph -n shop deploy/web', 'what web stands on, and who stands on it'],
    ['autodevops graph -n shop --format mermaid > shop.mmd', 'a picture for a page'],
    ['autodevops graph --format dot | dot -Tsvg > cluster.svg', 'a picture by Graphviz'],
  ],
  options: {
    ...scopeOptions,
    format: option(standing(choice(['text', 'mermaid', 'dot']), 'text'), {
      value: 'FORMAT',
      says: 'text, mermaid or dot.',
    }),
    depth: option(standing(wholeNumber(1, 10, 'a whole number from 1 to 10'), 1), {
      value: 'STEPS',
      says: 'How many steps from the objects and what they own.',
    }),
    ...clusterOptions,
    ...everywhere,
  },
  run: async (run) => {
    const { options, positionals, surroundings, look } = run;
    const namespaces = namespacesOf(options);
    const focus = positionals.length === 0 ? [] : focusFrom(positionals, namespaces);
    const snapshot = await readSnapshot(options, namespaces, run);
    const edges =
      focus.length === 0 ? graphOf(snapshot).edges : around(snapshot, whole(snapshot, focus), options.depth);
    const inside =
      namespaces === undefined
        ? edges
        : edges.filter((edge) => [edge.from, edge.to].some((ref) => namespaces.includes(ref.namespace)));
    const text = drawGraph(inside, options.format);
    surroundings.stdout.write(look.unicode || options.format !== 'text' ? text : plainAscii(text));
    if (snapshot.blindSpots.length > 0) tellUnseen(surroundings, snapshot);
    return 0;
  },
});
