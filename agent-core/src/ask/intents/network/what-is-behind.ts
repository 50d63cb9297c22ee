import { counted } from '@autodevops/domain/count-words';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { graphOf } from '../../../graph/graph.ts';
import { podsBehind } from '../../../reading/network/service-pods.ts';
import { workloadOf } from '../../../reading/workloads/owner.ts';
import { isFinished } from '../../../reading/pods/pod-status.ts';
import { stateOfRef } from '../../health/object-state.ts';
import type { Intent } from '../../intent.ts';
import { distinct, namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';

const doors: ReadonlySet<string> = new Set(['Service', 'Ingress', 'HTTPRoute', 'Gateway']);

/** One step further in: a route's Services, a Gateway's routes, the workloads behind a Service. */
function nextOf(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  const service = ref.kind === 'Service' ? snapshot.get('Service', ref.namespace, ref.name) : undefined;
  if (service !== undefined) {
    return distinct(
      podsBehind(snapshot, service)
        .filter((pod) => !isFinished(pod))
        .map((pod) => workloadOf(snapshot, pod)),
    );
  }
  return distinct(
    graphOf(snapshot)
      .from(refKey(ref))
      .filter(({ verb }) => verb === 'routes to')
      .map(({ to }) => to),
  );
}

/** Everything behind a door, in the order in which a request passes it. */
function wayIn(snapshot: Snapshot, door: ObjectRef): readonly ObjectRef[] {
  const passed: ObjectRef[] = [];
  for (let at: readonly ObjectRef[] = [door]; at.length > 0 && passed.length < 40;) {
    at = distinct(at.filter(({ kind }) => doors.has(kind)).flatMap((ref) => nextOf(snapshot, ref)));
    passed.push(...at);
  }
  return distinct(passed);
}

/** Where a request to a host, a route or a Service ends up. */
export const whatIsBehind: Intent = {
  name: 'what-is-behind',
  example: 'what is behind shop.example.com?',
  isLoose: true,
  patterns: [
    /^(?:what|who) (?:is|are|stands|sits|lies|serves|answers|runs) (?:behind|at|on|under)? ?(?<object>.+)$/i,
    /^where (?:does|do|would|will) (?:(?:a )?(?:requests?|calls?|traffic) (?:to|for) )?(?<object>.+?) (?:end up|ends up|go|goes|lead|leads|land|lands|point|points|get routed|arrive)(?: to| at)?$/i,
    /^(?:which|what) (?:pods?|workloads?|services?|deployments?) (?:is|are|stands?|serves?|answers?|sits?) (?:behind |at )?(?<object>.+)$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object').replace(/^(?:the )?(?:host|url|domain|site) /i, ''));
    if ('reply' in found || !found.objects.every(({ kind }) => doors.has(kind))) return undefined;
    const { snapshot } = context;
    const objects = [...found.objects];
    const behind = distinct(found.objects.flatMap((ref) => wayIn(snapshot, ref)));
    if (behind.length === 0) {
      return { headline: `Nothing that can be seen is behind ${namesOf(found.objects)}.`, objects };
    }
    const way = [...found.objects, ...behind].map(refText).join(' → ');
    return {
      headline:
        behind.length > 4 ? `${counted(behind.length, 'object')} stand behind ${namesOf(found.objects)}.` : `${way}.`,
      table: { columns: ['what', 'state'], rows: behind.map((ref) => [refText(ref), stateOfRef(snapshot, ref)]) },
      objects,
    };
  },
};
