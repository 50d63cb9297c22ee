import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../patches/field-patch.ts';
import { refuse } from '../../refusal.ts';
import { checkIdentityKey } from '../../secrets/identity-keys.ts';
import { domainOf } from '../../targets/label-names.ts';
import { templatePath } from '../../targets/workload-template.ts';

/** Before AppArmor had a field of its own it was an annotation of the pod. */
const appArmor = 'container.apparmor.security.beta.kubernetes.io';
/** By these a container runtime or a network plugin gives a pod devices, capabilities, a user of the node, other networks. */
const ofRuntime =
  /^(?:io\.kubernetes\.cri-o\.|io\.katacontainers\.|io\.containers\.|run\.oci\.|k8s\.v1\.cni\.cncf\.io\/|v1\.multus-cni\.io\/)/;
/** By these a service mesh lets a pod, or some of its ports, go without its guard. */
const ofMesh = /^(?:(?:[\w-]+\.)*istio\.io|(?:config\.)?linkerd\.io|kuma\.io|consul\.hashicorp\.com)\//;

function checkMark(key: string, value: unknown): void {
  checkIdentityKey(key);
  if (ofRuntime.test(key) || (domainOf(key) === appArmor && value === 'unconfined')) {
    refuse(
      `The manifest sets ${key}, by which a pod gets out of its container.`,
      'Leave it out, or let an administrator apply it.',
    );
  }
  if (ofMesh.test(key)) {
    refuse(
      `The manifest sets ${key}, which tells a service mesh how to guard the pods.`,
      'Leave it out, or let an administrator apply it.',
    );
  }
}

/** Refused for labels and annotations of the pods themselves that give rights or take guards away. */
export function checkTemplateMarks(manifest: Manifest): void {
  const template = fieldAt(manifest, templatePath(manifest));
  for (const field of ['labels', 'annotations']) {
    for (const [key, value] of Object.entries(
      (fieldAt(template, ['metadata', field]) ?? {}) as Readonly<Record<string, unknown>>,
    )) {
      checkMark(key, value);
    }
  }
}
