import { areOf, counted, listed } from '@autodevops/domain/count-words';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { graphOf } from '../../../graph/graph.ts';
import { isReady } from '../../../reading/pods/pod-status.ts';
import { podsBehind } from '../../../reading/network/service-pods.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { leaningOn } from '../../leaning-on.ts';
import { distinct, namesOf } from '../../naming/names.ts';
import { namedHealth } from '../../health/named-health.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { kindFromWords } from '../../naming/phrase.ts';
import { resolve } from '../../naming/resolve.ts';
import { inScope, scopeWords } from '../../scope.ts';

/** Services that select pods of which none is ready: their users get nothing. */
function deadServices(context: AskContext): readonly ObjectRef[] {
  return inScope(context, 'Service')
    .filter((service) => {
      const pods = podsBehind(context.snapshot, service);
      return pods.length > 0 && !pods.some(isReady);
    })
    .map((service) => refTo('Service', service));
}

function routesTo({ snapshot }: AskContext, service: ObjectRef): readonly ObjectRef[] {
  return distinct(
    graphOf(snapshot)
      .to(refKey(service))
      .filter(({ verb }) => verb === 'routes to')
      .map(({ from }) => from),
  );
}

/** What only alerts or logs tell may reach users or not: that all pods are ready is no proof that they are served. */
const ofSignals = /^signal\./;
/** Signals that those who ask a workload feel. */
const answersWorse = /^signal\.(?:errors|latency)\./;

function usersReply(context: AskContext): Reply {
  const dead = deadServices(context);
  const { causes: all } = context.diagnosis;
  const causes = all.filter(({ impact }) => impact !== '');
  const common = { causes: [...causes], objects: [...dead], blindSpots: [...context.diagnosis.blindSpots] };
  const told = all.flatMap(({ code, object, symptoms }) => [{ code, object }, ...symptoms]);
  const having = (pattern: RegExp): readonly ObjectRef[] =>
    distinct(told.filter(({ code }) => pattern.test(code)).map(({ object }) => object));
  const [worse, troubled] = [having(answersWorse), having(ofSignals)];
  const ready = `Every Service${scopeWords(context)} that selects pods has a ready one`;
  const lines = causes.map(({ impact }) => impact);
  if (dead.length === 0 && worse.length > 0) {
    return {
      ...common,
      objects: [...worse],
      headline: `${counted(worse.length, 'workload answers', 'workloads answer')} late or with errors${scopeWords(context)}: ${listed(worse.map(refText))}.`,
      lines: [`${ready}.`, ...lines],
    };
  }
  if (dead.length === 0 && troubled.length > 0) {
    return {
      ...common,
      objects: [...troubled],
      headline: `${ready}, but alerts or logs tell of trouble at ${listed(troubled.map(refText))}; what users get is not measured.`,
      lines,
    };
  }
  if (dead.length === 0) {
    return {
      ...common,
      headline: `No: every Service${scopeWords(context)} that selects pods has a ready one; users of these are served.`,
      lines,
    };
  }
  const rows = dead.map((ref) => [
    refText(ref),
    stateOfRef(context.snapshot, ref),
    listed(routesTo(context, ref).map(refText)),
  ]);
  return {
    ...common,
    headline: `${counted(dead.length, 'Service')}${scopeWords(context)} ${areOf(dead.length)} without a ready pod: ${listed(dead.map(refText))}.`,
    table: { columns: ['service', 'pods', 'routed to by'], rows },
  };
}

function byObject(context: AskContext, words: string): Reply {
  const found = resolve(context, words);
  if ('reply' in found) return found.reply;
  const refs = found.objects;
  const leaning = leaningOn(context.snapshot, refs);
  const objects = [...refs];
  if (leaning.length === 0) return { headline: `Nothing that can be seen leans on ${namesOf(refs)}.`, objects };
  const rows = leaning.map((ref) => [refText(ref), stateOfRef(context.snapshot, ref)]);
  return {
    headline: `${counted(leaning.length, 'object leans', 'objects lean')} on ${namesOf(refs)}: ${listed(leaning.map(refText))}.`,
    table: { columns: ['who', 'state'], rows },
    objects,
  };
}

/** Who suffers: which Services are dead, what an object's trouble reaches, whether something is touched by it. */
export const whatIsAffected: Intent = {
  name: 'what-is-affected',
  example: 'which services are affected?',
  patterns: [
    /^(?:which|what|who|how many)(?: of)?(?: the| my| our)? ?(?:else |other )?(?:[a-z]+ )?(?:is|are|was|were|gets?|will be) (?:being )?(?:affected|impacted|hit|harmed|hurt|touched) (?:by|from|through|because of|due to) (?<by>.+)$/i,
    /^(?:which|what|who|how many)(?: of)?(?: the| my| our)? ?(?:else |other )?(?<kind>[a-z]+ )?(?:is|are|was|were) (?:being )?(?:affected|impacted|hit|harmed)(?: (?:now|here|by (?:this|it|that|all this)))*$/i,
    /^(?:are|is|do) (?:there )?(?:any |my |our |the )?(?:end )?(?:users?|customers?|clients?|traffic) (?:being |be )?(?:affected|impacted|hit|served|notice|feel|see|lose|hurt|down|getting|suffer).*$/i,
    /^(?:is|are) (?<down>[\w ./-]+?) (?:down|broken|unavailable|not working|slow|affected|ok|up|working) for (?:our |the |my |all )?(?:end )?(?:users?|customers?|clients?|visitors|everyone|everybody|people)$/i,
    /^(?:what is |how big is )?(?:the )?(?:user |customer |business )?impact(?: on (?:users|customers|clients))?(?: now| right now)?$/i,
    /^(?:is|are) (?<is>.+?) (?:affected|impacted|hit)(?: (?:too|as well|by (?:this|it|that)))*$/i,
  ],
  answer: (caught, context) => {
    const down = caught('down');
    if (down !== '') return 'objects' in resolve(context, down) ? namedHealth(context, down) : usersReply(context);
    if (caught('by') !== '') return byObject(context, caught('by'));
    if (caught('is') !== '') return namedHealth(context, caught('is'));
    const kind = kindFromWords(caught('kind'));
    return kind === undefined || kind === 'Service' ? usersReply(context) : namedHealth(context, caught('kind'));
  },
};
