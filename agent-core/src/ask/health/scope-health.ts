import { areOf, counted } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext, Reply } from '../intent.ts';
import { causesIn } from './health.ts';
import { stateOf } from './object-state.ts';

/** Words that mean all that was looked at. */
export const everythingWords =
  /^(?:everything|anything|all|it|things|stuff|here|us|we|this|that|(?:the |my |our |this )?(?:whole )?(?:cluster|system|platform|environment|prod|production|staging)|now|right now)$/i;

const most = 3;
const scaled: readonly KindName[] = ['Deployment', 'StatefulSet'];

function blindNote(context: AskContext): readonly string[] {
  const { length } = context.diagnosis.blindSpots;
  return length === 0 ? [] : [`${counted(length, 'thing')} could not be looked at.`];
}

/** What stands below the line of problems and explains why a namespace may look dead: work that was put to rest. */
export function nothingInScope({ diagnosis, snapshot, namespace }: AskContext): readonly string[] {
  if (namespace === undefined) return [];
  const told = diagnosis.information.filter(({ object }) => object.namespace === namespace).map(({ cause }) => cause);
  const workloads = scaled.flatMap((kind) =>
    snapshot.listIn(kind, namespace).map((object) => stateOf(snapshot, kind, object)),
  );
  const resting = workloads.filter((state) => state.includes('scaled to 0')).length;
  const rest =
    resting === 0
      ? []
      : [`${resting} of ${counted(workloads.length, 'workload')} there ${areOf(resting)} scaled to zero.`];
  return [
    ...rest,
    ...told.slice(0, most),
    ...(told.length > most ? [`And ${counted(told.length - most, 'more note')} of this kind.`] : []),
  ];
}

/** The whole scope: what is wrong, or that nothing is, or that nobody can tell. */
export function scopeHealth(context: AskContext): Reply {
  const { diagnosis, namespace } = context;
  const causes = namespace === undefined ? diagnosis.causes : causesIn(context, namespace);
  const where = namespace === undefined ? 'in the cluster' : `in namespace ${namespace}`;
  const common = { causes: [...causes], blindSpots: [...diagnosis.blindSpots] };
  if (causes.length > 0) {
    return { ...common, headline: `${counted(causes.length, 'problem')} ${where}.`, lines: [...blindNote(context)] };
  }
  const lines = [...nothingInScope(context), ...blindNote(context)];
  if (diagnosis.verdict === 'inconclusive') {
    return { ...common, headline: `Nothing wrong was seen ${where}, but not everything could be looked at.`, lines };
  }
  return { ...common, headline: `Nothing is wrong ${where}.`, lines };
}
