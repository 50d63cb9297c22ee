import { areOf, counted, listed } from '@autodevops/domain/count-words';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { graphOf } from '../../../graph/graph.ts';
import { isFinished, isReady } from '../../../reading/pods/pod-status.ts';
import { podsBehind } from '../../../reading/network/service-pods.ts';
import { stateOfRef } from '../../health/object-state.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';

const most = 40;

/** A host name and what answers to it. */
interface Way {
  readonly host: string;
  readonly through: ObjectRef;
  readonly service: ObjectRef | undefined;
  readonly isDead: boolean;
}

function isServed({ snapshot }: AskContext, { namespace, name }: ObjectRef): boolean {
  const service = snapshot.get('Service', namespace, name);
  if (service === undefined) return false;
  return (
    Object.keys(service.spec.selector).length === 0 ||
    podsBehind(snapshot, service).some((pod) => !isFinished(pod) && isReady(pod))
  );
}

function waysOf(context: AskContext, through: ObjectRef, hosts: readonly string[]): readonly Way[] {
  const services = graphOf(context.snapshot)
    .from(refKey(through))
    .filter(({ verb, to }) => verb === 'routes to' && to.kind === 'Service');
  return hosts.flatMap((host): readonly Way[] => {
    const own = services.filter(({ detail }) => detail === '' || detail.includes(host) || services.length === 1);
    return own.length === 0
      ? [{ host, through, service: undefined, isDead: true }]
      : own.map(({ to }) => ({ host, through, service: to, isDead: !isServed(context, to) }));
  });
}

function allWays(context: AskContext): readonly Way[] {
  const ingresses = inScope(context, 'Ingress').flatMap((ingress) =>
    waysOf(context, refTo('Ingress', ingress), [...new Set(ingress.spec.rules.map(({ host }) => host ?? '*'))]),
  );
  const routes = inScope(context, 'HTTPRoute').flatMap((route) =>
    waysOf(context, refTo('HTTPRoute', route), route.spec.hostnames.length === 0 ? ['*'] : route.spec.hostnames),
  );
  return [...ingresses, ...routes].toSorted((a, b) => a.host.localeCompare(b.host));
}

/** Which hosts lead where, and which of them lead to nothing. */
export const hosts: Intent = {
  name: 'hosts',
  example: 'which hosts lead to nothing?',
  patterns: [
    /^(?:which|what|list|show(?: me)?|how many|are there(?: any)?|any)(?: all)?(?: the| our)? (?:ingress |public |external )?(?:hosts?|host ?names?|urls?|domains?|ingress(?:es)?|routes?)(?: (?:that|which))? (?:(?:do|does|is|are|have|has) )?(?<dead>(?:not |no )?(?:lead|leads|leading|point|points|pointing|go|goes|going|route|routes|work|works|working|broken|dead|down|(?:ready )?(?:back ?ends?|endpoints?|pods?|service))(?: to)?(?: (?:nothing|nowhere|no (?:ready )?(?:pods?|endpoints?|service)|a dead service))?)$/i,
    /^(?:which|what|list|show(?: me)?|how many)(?: all)?(?: the| our)? (?:ingress |public |external )?(?:hosts?|host ?names?|urls?|domains?)(?: (?:are there|exist|do we have|do i have|are (?:served|exposed|published|reachable|routed)(?: by (?:an? )?ingress(?:es)?)?|is there))*$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Ingress');
    if (blind !== undefined) return blind;
    const ways = allWays(context);
    if (ways.length === 0) return { headline: `There is no Ingress and no HTTPRoute${scopeWords(context)}.` };
    const dead = ways.filter(({ isDead }) => isDead);
    const wantsDead = caught('dead') !== '' && !/^(?:work|works|working|lead|leads)$/i.test(caught('dead'));
    const shown = wantsDead ? dead : ways;
    const rows = shown
      .slice(0, most)
      .map(({ host, through, service }) => [
        host,
        refText(through),
        service === undefined ? 'no Service' : refText(service),
        service === undefined ? '' : stateOfRef(context.snapshot, service),
      ]);
    const names = listed([...new Set(shown.map(({ host }) => host))], 6);
    const table = { columns: ['host', 'through', 'to', 'state'], rows };
    if (wantsDead) {
      return dead.length === 0
        ? { headline: `Every one of ${counted(ways.length, 'host')}${scopeWords(context)} leads to a ready pod.` }
        : {
            headline: `${dead.length} of ${counted(ways.length, 'host')}${scopeWords(context)} ${areOf(dead.length)} without a ready pod behind: ${names}.`,
            table,
          };
    }
    return {
      headline: `${counted(ways.length, 'host')}${scopeWords(context)}: ${names}.`,
      table,
      lines: dead.length === 0 ? [] : [`Without a ready pod behind: ${listed(dead.map(({ host }) => host))}.`],
    };
  },
};
