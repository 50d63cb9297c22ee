import { listed } from '@autodevops/domain/count-words';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { graphOf } from '../../../graph/graph.ts';
import { isEntry } from '../../../reading/network/service-exposure.ts';
import { entrances } from '../../entrances.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { resolve } from '../../naming/resolve.ts';

/** Who, for which host, to what. */
type Row = readonly [string, string, string];

function routes({ snapshot }: AskContext, services: readonly ObjectRef[]): readonly Row[] {
  const rows = services.flatMap((service) =>
    graphOf(snapshot)
      .to(refKey(service))
      .filter(({ verb }) => verb === 'routes to')
      .map(({ from, detail }): Row => [refText(from), detail === '' ? '*' : detail, refText(service)]),
  );
  return [...new Map(rows.map((row) => [row.join('|'), row])).values()];
}

function doors({ snapshot }: AskContext, services: readonly ObjectRef[]): readonly Row[] {
  return services.flatMap(({ namespace, name, ...ref }) => {
    const service = snapshot.get('Service', namespace, name);
    if (service === undefined || !isEntry(service)) return [];
    const addresses = service.status.loadBalancer.ingress.flatMap(({ ip, hostname }) => hostname ?? ip ?? []);
    const ports = service.spec.ports.map(({ port, nodePort }) =>
      service.spec.type === 'NodePort' ? `node port ${nodePort ?? '?'}` : String(port ?? '?'),
    );
    return [
      [
        `${service.spec.type ?? ''} ${refText({ ...ref, namespace, name })}`,
        listed([...addresses, ...ports]),
        refText({ ...ref, namespace, name }),
      ],
    ];
  });
}

function addressOf({ snapshot }: AskContext, { namespace, name }: ObjectRef): string {
  const address = snapshot.get('Service', namespace, name)?.spec.clusterIP ?? '';
  return address === '' || address === 'None' ? '' : `, ${address}`;
}

/** How X is reached from outside: the Ingresses and routes to it, and Services that open a door. */
export const routesTo: Intent = {
  name: 'routes-to',
  example: 'which ingress leads to web?',
  patterns: [
    /^(?:what|which) (?:dns )?(?:name|address|host(?: ?name)?|url) (?:do|should|can|must) (?:i|we|it) (?:use|need)(?: to (?:connect to|reach|call|talk to)| for)? (?<object>\S+)(?: from .*)?$/i,
    /^(?:what|which) (?:host(?: ?name)?|url|domain|address) (?:is|does|are) (?<object>[\w./-]+) (?:exposed|reachable|served|available|published|listening)(?: on| at| under| by| from)?$/i,
    /^(?:which|what|show(?: me)?|list) (?:the )?(?:ingress(?:es)?|routes?|gateways?|load ?balancers?|hosts?|urls?|domains?)(?: hosts?| rules?)? (?:points?|pointing|leads?|routes?|goes|go|is routed|forwards?|serves?|sends traffic|belongs?|is used|are used|is|are|exposes?|of|for|to) ?(?:to |for |by )?(?<object>.+)$/i,
    /^(?:what is |show(?: me)? |get |which is )?(?:the )?(?:(?:external |public |ingress )ip|(?:external |public |ingress )?(?:url|urls|host ?name|address|domain|endpoint|dns name)) (?:of|for) (?<object>.+)$/i,
    /^(?:is|are) (?<object>.+?) (?:exposed(?: to (?:the )?(?:outside(?: world)?|internet|world|public))?|public|reachable from (?:the )?(?:outside|internet)|accessible from (?:the )?(?:outside|internet)|open to the internet)(?: .*)?$/i,
    /^how (?:can|do|could) (?:i|we|users|customers) (?:reach|access|get to|open|call|hit) (?<object>.+?)(?: from (?:the )?(?:outside|internet))?$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const { snapshot } = context;
    const objects = [...found.objects];
    const services = entrances(snapshot, found.objects).filter(({ kind }) => kind === 'Service');
    const rows = [...routes(context, services), ...doors(context, services)];
    const names = namesOf(found.objects);
    const inside = services.map(
      (service) =>
        `Inside the cluster: ${service.name}.${service.namespace}.svc${addressOf(context, service)} (${stateOfRef(snapshot, service)}).`,
    );
    const [first] = rows;
    if (first === undefined) {
      return { headline: `Nothing that can be seen leads to ${names} from outside.`, lines: inside, objects };
    }
    const [who, host] = first;
    return {
      headline: `${names} is reached from outside through ${who}${host === '*' ? '' : ` (${host})`}${rows.length > 1 ? ` and ${rows.length - 1} more` : ''}.`,
      table: { columns: ['through', 'host or port', 'to'], rows: rows.map((row) => [...row]) },
      lines: inside,
      objects,
    };
  },
};
