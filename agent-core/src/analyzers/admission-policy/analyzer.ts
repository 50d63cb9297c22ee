import type { Because, Finding } from '@autodevops/domain/finding';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { creationEvidence } from '../../evidence/creation-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { creationFailures } from '../../reading/workloads/creation-failure.ts';
import type { CreationFailure } from '../../reading/workloads/creation-failure.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { quotaHasRoom } from '../../reading/workloads/quota-room.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { rejectionOf } from '../../reading/platform/rejection.ts';
import { said } from '../../reading/said.ts';
import { webhookAwaited, webhookCalled, webhooksOf } from '../../reading/platform/webhook.ts';
import type { Analyzer } from '../analyzer.ts';
import { undeclaredVolume, volumeSteps } from './invalid-template.ts';
import { podsNotCreated, policyDenied, priorityClassMissing, runtimeClassMissing } from './codes.ts';

/** What the evaluation of a rule stumbled over: the rule itself is at fault, not what it forbids. */
function stumble(text: string): string | undefined {
  return /resulted in error: (.{1,300})$/s.exec(text)?.[1];
}

const stumbleSteps = [
  'Correct the expression in the policy: ask for a field with `has(…)` before it is read, so that objects without it are judged and not refused by an error.',
  'Until then give the workload the field that the rule reads, if that is wanted anyway.',
];

function checkPolicy(snapshot: Snapshot, failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'policy') return [];
  const policy = snapshot.get('ValidatingAdmissionPolicy', '', rejection.policy);
  const [validation] = policy?.spec.validations ?? [];
  const expression =
    policy?.spec.validations.find((v) => v.message !== undefined && rejection.text.includes(v.message)) ?? validation;
  const error = stumble(rejection.text);
  const what =
    error === undefined
      ? `refuses the pods of ${refText(failure.workload)}: ${said(rejection.text, 200)}`
      : `cannot be evaluated for the pods of ${refText(failure.workload)}, which are refused for that: its expression ends with the error "${said(error, 120)}"`;
  return [
    finding(policyDenied, {
      object: failure.owner,
      cause: `ValidatingAdmissionPolicy "${rejection.policy}" ${what}.`,
      ...(error === undefined ? {} : { nextSteps: stumbleSteps }),
      since: failure.since,
      evidence: [
        ...creationEvidence(failure),
        ...(policy === undefined || expression === undefined
          ? []
          : [
              fromSpec(
                refTo('ValidatingAdmissionPolicy', policy),
                'spec.validations[*].expression',
                expression.expression,
              ),
            ]),
      ],
      facet: rejection.policy,
    }),
  ];
}

function checkPriority(snapshot: Snapshot, failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'priority-class') return [];
  const near = nearMatches(
    rejection.name,
    snapshot.list('PriorityClass').map((c) => c.metadata.name),
  );
  const { priorityClassName } = failure.spec ?? {};
  return [
    finding(priorityClassMissing, {
      object: failure.owner,
      cause: `${refText(failure.workload)} names PriorityClass "${rejection.name}", which does not exist${near.length > 0 ? `; there is ${near.join(', ')}` : ''}.`,
      since: failure.since,
      evidence: [
        ...creationEvidence(failure),
        ...(priorityClassName === undefined
          ? []
          : [fromSpec(failure.owner, 'spec.template.spec.priorityClassName', priorityClassName)]),
      ],
      facet: rejection.name,
    }),
  ];
}

function checkRuntime(failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'runtime-class') return [];
  const { runtimeClassName } = failure.spec ?? {};
  return [
    finding(runtimeClassMissing, {
      object: failure.owner,
      cause: `${refText(failure.workload)} names RuntimeClass "${rejection.name}", which does not exist.`,
      since: failure.since,
      evidence: [
        ...creationEvidence(failure),
        ...(runtimeClassName === undefined
          ? []
          : [fromSpec(failure.owner, 'spec.template.spec.runtimeClassName', runtimeClassName)]),
      ],
      facet: rejection.name,
    }),
  ];
}

/** The object at which the refusing rule is reported, where that is not the owner itself. */
function rule(snapshot: Snapshot, failure: CreationFailure): readonly Because[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate === 'quota') {
    return [
      { object: refByName('ResourceQuota', failure.owner.namespace, rejection.quota), codes: ['admission.quota'] },
    ];
  }
  const webhooks = webhooksOf(snapshot);
  const webhook =
    rejection.gate === 'webhook-failed'
      ? webhookCalled(webhooks, rejection.webhook, rejection.text)
      : webhookAwaited(snapshot, webhooks, failure.message);
  return webhook === undefined ? [] : [{ object: webhook.object, codes: ['admission.webhook'] }];
}

/** What is left for every owner: it lacks pods, and this is what the API server says. */
function checkAny(snapshot: Snapshot, failure: CreationFailure): Finding {
  const count = failure.missing === 1 ? 'one pod' : `${failure.missing} pods`;
  const rejection = rejectionOf(failure.message);
  const passes =
    rejection.gate === 'quota' &&
    quotaHasRoom(snapshot, { namespace: failure.owner.namespace, name: rejection.quota }, rejection.requested);
  const volume = undeclaredVolume(snapshot, failure);
  return finding(podsNotCreated, {
    object: failure.owner,
    standing: passes ? 'progressing' : 'current',
    cause: `${refText(failure.workload)} lacks ${failure.owner.kind === 'CronJob' ? 'its Job' : count}, which the API server refuses${volume === '' ? `: ${rootError(failure.message, 200)}` : volume}.`,
    since: failure.since,
    evidence: creationEvidence(failure),
    generic: true,
    ...(volume === '' ? {} : { nextSteps: volumeSteps }),
    because: rule(snapshot, failure),
  });
}

export const admissionPolicy: Analyzer = {
  name: 'admission-policy',
  codes: [policyDenied, priorityClassMissing, runtimeClassMissing, podsNotCreated],
  analyze: (snapshot) =>
    creationFailures(snapshot).flatMap((failure) => [
      ...checkPolicy(snapshot, failure),
      ...checkPriority(snapshot, failure),
      ...checkRuntime(failure),
      checkAny(snapshot, failure),
    ]),
};
