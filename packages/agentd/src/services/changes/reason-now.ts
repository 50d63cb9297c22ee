import { catalogue } from '@autodevops/agent-core/catalogue';
import type { Reason } from '@autodevops/domain/change/change';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import type { InputOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';

type ProposeBody = InputOf<Endpoints['propose']>['body'];
type Named = NonNullable<ProposeBody['finding']>;
type Found = NonNullable<Reason['finding']>;

/** What is wrong in these namespaces, by one way to look; none: in the whole cluster. */
export type Look = (namespaces: readonly string[]) => Promise<Diagnosis>;

function isNamed({ code, object }: Pick<Cause, 'code' | 'object'>, named: Named): boolean {
  return (
    code === named.code &&
    object.kind === named.kind &&
    object.namespace === named.namespace &&
    object.name === named.name
  );
}

/** What lies in no namespace is seen only by who looks at all of the cluster. */
function namespacesOf(named: Named, requests: ProposeBody['requests']): readonly string[] {
  const own = named.kind === 'Namespace' ? named.name : named.namespace;
  return own === ''
    ? []
    : [...new Set([own, ...requests.map(({ target }) => target.namespace).filter((namespace) => namespace !== '')])];
}

/**
 * The finding among the causes, or among the symptoms of one: what was a cause when it was shown may have found a better
 * explanation since. A symptom is seen as surely, but that its end ends the trouble is not known, so it is weak evidence.
 */
function findingIn({ causes }: Diagnosis, named: Named): Found | undefined {
  const cause = causes.find((one) => isNamed(one, named));
  if (cause !== undefined) {
    const { code, title, object, confidence, evidence } = cause;
    return { code, title, object, confidence, evidence };
  }
  for (const { symptoms, evidence } of causes) {
    const symptom = symptoms.find((one) => isNamed(one, named));
    if (symptom === undefined) continue;
    const title = catalogue.get(symptom.code)?.title;
    return { ...symptom, ...(title === undefined ? {} : { title }), confidence: 'low', evidence };
  }
  return undefined;
}

function notThere(named: Named, { information, blindSpots }: Diagnosis): AutoDevOpsError {
  const name = oneLine(`${named.code} of ${refText(named)}`, 400);
  if (information.some((one) => isNamed(one, named))) {
    return new AutoDevOpsError(
      'change.stale',
      `${name} is no fault now: it is only worth knowing.`,
      'Propose the change for a reason of your own, without the finding.',
    );
  }
  const unseen = blindSpots.map(({ what }) => what).join(', ');
  return new AutoDevOpsError(
    'change.stale',
    `${name} is not diagnosed now${unseen === '' ? '' : `, and not everything could be looked at: ${oneLine(unseen, 300)}`}.`,
    'Diagnose again; the cluster has changed.',
  );
}

/**
 * The reason with its finding as it is diagnosed now, never as a caller describes it. The looks are tried in order: what
 * one does not know yet another may. Throws `change.stale` when none of them sees it.
 */
export async function reasonNow(
  { reason, finding, requests }: Pick<ProposeBody, 'reason' | 'finding' | 'requests'>,
  looks: readonly [Look, ...Look[]],
): Promise<Reason> {
  if (finding === undefined) return { text: reason };
  const namespaces = namespacesOf(finding, requests);
  let last: Diagnosis | undefined;
  for (const look of looks) {
    last = await look(namespaces);
    const found = findingIn(last, finding);
    if (found !== undefined) return { text: reason, finding: found };
  }
  throw notThere(finding, last as Diagnosis);
}
