import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { tunnelEvidence } from '../../evidence/tunnel-evidence.ts';
import { isUnmanned } from '../../reading/platform/webhook.ts';
import type { Webhook } from '../../reading/platform/webhook.ts';
import { said } from '../../reading/said.ts';
import {
  webhookCertificate,
  webhookNoEndpoints,
  webhookServiceMissing,
  webhookTimeout,
  webhookUnreachable,
} from './codes.ts';

/** A request that could not be let in because the webhook could not be asked. */
export interface FailedCall {
  /** What should have been let in, in words. */
  readonly request: string;
  /** Who asked: a pod's owner, or the object that says so. */
  readonly asker: ObjectRef;
  readonly since: string;
  readonly evidence: readonly Evidence[];
  readonly name: string;
  readonly text: string;
  readonly webhook: Webhook | undefined;
}

export function codeFor(snapshot: Snapshot, { text, webhook }: FailedCall): CodeEntry {
  const lower = lastPart(text).toLowerCase();
  const has = (...parts: string[]): boolean => parts.some((part) => lower.includes(part));
  if (has('no endpoints available')) return webhookNoEndpoints;
  if (lower.includes('service "') && lower.includes('not found')) return webhookServiceMissing;
  const unreached = has('connection refused', 'no route to host', 'deadline exceeded', 'timeout', 'timed out');
  // kube-proxy refuses connections to a Service without endpoints, so the text alone does not tell whose fault it is.
  if (unreached && webhook !== undefined && isUnmanned(snapshot, webhook)) return webhookNoEndpoints;
  if (has('x509', 'tls:', 'certificate')) return webhookCertificate;
  if (has('deadline exceeded', 'timeout', 'timed out', 'client.timeout')) return webhookTimeout;
  return webhookUnreachable;
}

function serviceText(webhook: Webhook | undefined): string {
  const service = webhook?.service;
  return service === undefined ? (webhook?.url ?? 'its service') : `Service ${service.namespace}/${service.name}`;
}

const reasons: ReadonlyMap<CodeEntry, (service: string, text: string) => string> = new Map([
  [webhookServiceMissing, (service) => `${service} does not exist`],
  [webhookNoEndpoints, (service) => `${service} has no ready endpoint`],
  [webhookCertificate, (_service, text) => `the API server does not accept its certificate (${text})`],
  [webhookTimeout, (service) => `${service} does not answer in time`],
]);

/** The end of the text says why; the beginning is the address, in which "timeout" proves nothing. */
function lastPart(text: string): string {
  const at = text.indexOf('": ');
  return said(at < 0 ? text : text.slice(at + 3), 200);
}

/** EKS runs its API server outside of the cluster, and refuses addresses that are none of the VPC. */
const outside = 'address is not allowed';

function isOutside({ text }: FailedCall): boolean {
  return lastPart(text).toLowerCase().includes(outside);
}

/** Where the words of the API server tell more than the code what to do. */
export function stepsOf(snapshot: Snapshot, code: CodeEntry, call: FailedCall): Pick<Finding, 'nextSteps'> | undefined {
  if (isOutside(call)) {
    return {
      nextSteps: [
        `The control plane of the cloud cannot reach addresses of an overlay network: run the pods behind ${serviceText(call.webhook)} in the network of their nodes (\`hostNetwork: true\`, with a port that is free there; most charts have a value for it), or give pods addresses of the VPC.`,
      ],
    };
  }
  const tunnel = tunnelEvidence(snapshot, call.text);
  return tunnel === undefined ? undefined : { nextSteps: [tunnel.step, ...code.nextSteps] };
}

/** Why the webhook could not be asked. */
export function reasonOf(code: CodeEntry, call: FailedCall): string {
  const text = lastPart(call.text);
  const known = reasons.get(code)?.(serviceText(call.webhook), text);
  if (known !== undefined) return known;
  return isOutside(call)
    ? `the control plane of the cloud does not reach its pods (${text}): they have addresses of an overlay network`
    : `the call fails (${text})`;
}
