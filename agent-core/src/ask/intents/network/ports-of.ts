import { listed } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { entrances } from '../../entrances.ts';
import type { Intent } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { templatesOf } from '../../templates-of.ts';

/** Object, port, its name, where it leads. */
type Row = readonly [string, string, string, string];

function servicePorts(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly Row[] {
  return refs
    .filter(({ kind }) => kind === 'Service')
    .flatMap((ref) => {
      const ports = snapshot.get('Service', ref.namespace, ref.name)?.spec.ports ?? [];
      return ports.map((port): Row => {
        const node = port.nodePort === undefined || port.nodePort === 0 ? '' : `, node port ${port.nodePort}`;
        return [
          refText(ref),
          `${port.port ?? '?'}/${port.protocol ?? 'TCP'}`,
          port.name ?? '',
          `target port ${port.targetPort ?? port.port ?? '?'}${node}`,
        ];
      });
    });
}

function containerPorts(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly Row[] {
  return templatesOf(snapshot, refs).flatMap(({ ref, spec }) =>
    spec.containers.flatMap((container) =>
      container.ports.map((port): Row => [
        refText(ref),
        `${port.containerPort ?? '?'}/${port.protocol ?? 'TCP'}`,
        port.name ?? '',
        `container ${container.name}${port.hostPort === undefined ? '' : `, host port ${port.hostPort}`}`,
      ]),
    ),
  );
}

/** Which ports X offers and declares. */
export const portsOf: Intent = {
  name: 'ports-of',
  example: 'which port does web listen on?',
  patterns: [
    /^(?:on )?(?:which|what) ports? (?:does|do|is|are|has|have) (?<object>.+?)(?: (?:listen|listening|run|running|use|using|expose|exposed|exposing|serve|serving|offer|open|have|available|reachable|go|goes|lead|leads|point|points|on|at|to))*$/i,
    /^(?:what (?:is|are) |show(?: me)? |list |get )?(?:the )?(?:service |container )?ports? (?:of|for|on) (?<object>.+)$/i,
    /^(?<object>[\w./-]+) ports?$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const objects = [...found.objects];
    const offered = servicePorts(context.snapshot, entrances(context.snapshot, found.objects));
    const rows = [...offered, ...containerPorts(context.snapshot, found.objects)];
    const names = namesOf(found.objects);
    if (rows.length === 0) {
      return {
        headline: `${names} declares no port, and no Service leads to it. A program may listen without declaring it.`,
        objects,
      };
    }
    const [first] = offered;
    const headline =
      first === undefined
        ? `${names} declares ${listed([...new Set(rows.map((row) => row[1]))])}; no Service leads to it.`
        : `${first[0]} offers ${listed([...new Set(offered.map((row) => row[1]))])}${first[0] === names ? '' : ` for ${names}`}.`;
    return {
      headline,
      table: { columns: ['of', 'port', 'name', 'leads to'], rows: rows.map((row) => [...row]) },
      objects,
    };
  },
};
