import type { Finding } from '@autodevops/domain/finding';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { creationEvidence } from '../../evidence/creation-evidence.ts';
import { finding, fromSpec, sinceOf } from '../../evidence/finding.ts';
import { warningTexts } from '../../evidence/warning-texts.ts';
import { creationFailures } from '../../reading/workloads/creation-failure.ts';
import type { CreationFailure } from '../../reading/workloads/creation-failure.ts';
import { isRecent } from '../../reading/recency.ts';
import { rejectionOf } from '../../reading/platform/rejection.ts';
import { said } from '../../reading/said.ts';
import { readyEndpoints, webhookAwaited, webhookCalled, webhooksOf } from '../../reading/platform/webhook.ts';
import type { Webhook } from '../../reading/platform/webhook.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  webhookCertificate,
  webhookDenied,
  webhookNoEndpoints,
  webhookServiceMissing,
  webhookTimeout,
  webhookUnreachable,
} from './codes.ts';
import { codeFor, reasonOf, stepsOf } from './failed-call.ts';
import type { FailedCall } from './failed-call.ts';

function reportFailed(snapshot: Snapshot, group: readonly FailedCall[]): readonly Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  const { webhook } = first;
  const code = codeFor(snapshot, first);
  const reason = reasonOf(code, first);
  const requests = [...new Set(group.map((f) => f.request))].toSorted();
  const refused =
    requests.length > 2 ? `${requests.slice(0, 2).join(', ')} and ${requests.length - 2} more` : requests.join(' and ');
  const injectors = code === webhookCertificate ? (webhook?.injectors ?? []) : [];
  return [
    finding(code, {
      object: webhook?.object ?? first.asker,
      cause: `Webhook "${first.name}" must approve ${refused}, but ${reason}.`,
      since:
        group
          .map((f) => f.since)
          .filter((s) => s !== '')
          .toSorted()[0] ?? '',
      evidence: [
        ...group.slice(0, 3).flatMap((f) => f.evidence),
        ...(webhook === undefined ? [] : [fromSpec(webhook.object, webhook.path, webhook.target)]),
      ],
      ...stepsOf(snapshot, code, first),
      facet: first.name,
      because: [
        ...(webhook?.serviceRef === undefined ? [] : [{ object: webhook.serviceRef }]),
        ...injectors.map((object) => ({ object, codes: ['pod.', 'workload.', 'permission.'] })),
      ],
    }),
  ];
}

function keyOf(webhook: Webhook | undefined, name: string): string {
  return `${webhook === undefined ? '' : refKey(webhook.object)} ${name}`;
}

const justNow = 5 * 60_000;

/** Their failures are read from their events and conditions together. */
const podOwners = new Set([
  'ReplicaSet',
  'ReplicationController',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

/** The webhook that a refusal names, or the one that must have been waited for. */
function calledFor(
  snapshot: Snapshot,
  webhooks: readonly Webhook[],
  message: string,
): Pick<FailedCall, 'name' | 'text' | 'webhook'> | undefined {
  const rejection = rejectionOf(message);
  if (rejection.gate === 'webhook-failed') {
    const { webhook: name, text } = rejection;
    return { name, text, webhook: webhookCalled(webhooks, name, text) };
  }
  const awaited = webhookAwaited(snapshot, webhooks, message);
  return awaited === undefined ? undefined : { name: awaited.name, text: message, webhook: awaited };
}

function checkFailed(snapshot: Snapshot, webhooks: readonly Webhook[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, FailedCall[]>();
  const add = (failed: FailedCall): void => void pushTo(groups, keyOf(failed.webhook, failed.name), failed);
  for (const failure of creationFailures(snapshot)) {
    const called = calledFor(snapshot, webhooks, failure.message);
    if (called === undefined) continue;
    add({
      request: `the pods of ${refText(failure.workload)}`,
      asker: failure.owner,
      since: failure.since,
      evidence: creationEvidence(failure),
      ...called,
    });
  }
  // Whoever applies other objects says it in its own words, which hold the API server's.
  for (const told of warningTexts(snapshot, 'failed calling webhook "')) {
    const rejection = rejectionOf(told.text);
    // An event is of the past as soon as its object has been accepted: only what stands in a condition, or was said just now, counts.
    const stands =
      told.evidence.source === 'status' ||
      (told.evidence.source === 'event' && isRecent(snapshot, told.evidence.time, justNow));
    if (rejection.gate !== 'webhook-failed' || !stands || podOwners.has(told.object.kind)) continue;
    const { webhook: name, text } = rejection;
    add({
      request: `what ${refText(told.object)} asks for`,
      asker: told.object,
      since: sinceOf(told.evidence),
      evidence: [told.evidence],
      name,
      text,
      webhook: webhookCalled(webhooks, name, text),
    });
  }
  return new Map([...groups].map(([key, group]) => [key, reportFailed(snapshot, group)]));
}

function checkDenied(failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'webhook-denied') return [];
  return [
    finding(webhookDenied, {
      object: failure.owner,
      cause: `Webhook "${rejection.webhook}" refuses the pods of ${refText(failure.workload)}: ${said(rejection.text, 200)}.`,
      since: failure.since,
      evidence: creationEvidence(failure),
      facet: rejection.webhook,
    }),
  ];
}

const patience = 60_000;

/** Nothing was refused yet that we saw, but the next matching request will be. */
function checkIdle(snapshot: Snapshot, webhook: Webhook): readonly Finding[] {
  const { service, serviceRef } = webhook;
  if (service === undefined || serviceRef === undefined || webhook.failurePolicy === 'Ignore' || !webhook.matches) {
    return [];
  }
  const base = {
    object: webhook.object,
    severity: 'warning' as const,
    facet: webhook.name,
    because: [{ object: serviceRef }],
  };
  const evidence = [fromSpec(webhook.object, webhook.path, webhook.target)];
  if (snapshot.lacks('Service', service.namespace, service.name)) {
    const cause = `Webhook "${webhook.name}" must approve requests (failurePolicy Fail), but Service ${service.namespace}/${service.name} does not exist.`;
    return [finding(webhookServiceMissing, { ...base, cause, evidence })];
  }
  const endpoints = readyEndpoints(snapshot, service);
  if (endpoints === undefined || endpoints.ready > 0 || endpoints.age < patience) return [];
  const cause = `Webhook "${webhook.name}" must approve requests (failurePolicy Fail), but Service ${service.namespace}/${service.name} has no ready endpoint.`;
  return [finding(webhookNoEndpoints, { ...base, cause, evidence })];
}

export const admissionWebhook: Analyzer = {
  name: 'admission-webhook',
  codes: [
    webhookServiceMissing,
    webhookNoEndpoints,
    webhookCertificate,
    webhookTimeout,
    webhookUnreachable,
    webhookDenied,
  ],
  analyze: (snapshot) => {
    const webhooks = webhooksOf(snapshot);
    const failed = checkFailed(snapshot, webhooks);
    const idle = webhooks
      .filter((webhook) => !failed.has(keyOf(webhook, webhook.name)))
      .flatMap((webhook) => checkIdle(snapshot, webhook));
    return [...[...failed.values()].flat(), ...creationFailures(snapshot).flatMap(checkDenied), ...idle];
  },
};
