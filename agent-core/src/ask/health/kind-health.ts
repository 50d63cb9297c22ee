import { counted, pluralOf } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { concerns } from '../../jamie/causes/focus.ts';
import type { AskContext, Reply } from '../intent.ts';
import { inScope, notSeen, scopeWords } from '../scope.ts';
import { nothingInScope, scopeHealth } from './scope-health.ts';

/** Pods that could not be made show at what was to make them. */
function podMakers(context: AskContext): readonly ObjectRef[] {
  return (['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'] as const).flatMap((kind) =>
    inScope(context, kind).map((object) => refTo(kind, object)),
  );
}

/** All objects of a kind together: what is wrong with any of them, the worst first. */
export function kindHealth(context: AskContext, kind: KindName): Reply {
  const blind = notSeen(context, kind);
  if (blind !== undefined) return blind;
  if (kind === 'Namespace') return scopeHealth(context);
  const refs = inScope(context, kind).map((object) => refTo(kind, object));
  const blindSpots = [...context.diagnosis.blindSpots];
  if (refs.length === 0) {
    return {
      headline: `There ${kind === 'Endpoints' ? 'are no' : 'is no'} ${kind}${scopeWords(context)}.`,
      lines: [...nothingInScope(context)],
      blindSpots,
    };
  }
  const keys = new Set([...refs, ...(kind === 'Pod' ? podMakers(context) : [])].map(refKey));
  const causes = context.diagnosis.causes.filter((cause) => concerns(cause, keys));
  const [first] = causes;
  if (first === undefined) {
    return {
      headline: `Nothing is wrong with ${refs.length === 1 ? `the only ${kind}` : `any of the ${counted(refs.length, kind, pluralOf(kind))}`}${scopeWords(context)}.`,
      blindSpots,
    };
  }
  const more =
    causes.length === 1
      ? ''
      : `${counted(causes.length, 'problem')} with ${pluralOf(kind)}${scopeWords(context)}. First, `;
  return { headline: `${more}${refText(first.object)}: ${first.cause}`, causes: [...causes], blindSpots };
}
