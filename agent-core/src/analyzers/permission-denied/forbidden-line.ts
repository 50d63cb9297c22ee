import type { Access } from '../../reading/platform/rbac.ts';

export interface Refusal {
  readonly user: string;
  readonly access: Access;
}

const refusal =
  /(?:^|[\s"=:'])(?:([\w./-]{1,120}) )?(?:"([^"]{1,253})" )?is forbidden: User "([^"]{1,300})" cannot ([a-z*]{1,40}) resource "([^"]{1,120})" in API group "([^"]{0,200})"(?: in the namespace "([^"]{1,63})"| at the cluster scope)?/;

/** Reads the API server's sentence out of a line, also where its quotation marks are escaped. */
export function readRefusal(line: string): Refusal | undefined {
  const at = line.indexOf('is forbidden');
  if (at < 0) return undefined;
  // Bounded, so that a line of megabytes costs nothing.
  const part = line
    .slice(Math.max(0, at - 400), at + 1600)
    .replaceAll('\\"', '"')
    .replaceAll('\\"', '"');
  const match = refusal.exec(part);
  if (match === null) return undefined;
  // The node authorizer refuses kubelets for a moment until it has seen the pod's binding; no rule is missing.
  if (match[3]?.startsWith('system:node:') === true && part.includes('no relationship found between node')) {
    return undefined;
  }
  const [, , name = '', user = '', verb = '', resource = '', group = '', namespace = ''] = match;
  return { user, access: { verb, resource, group, name, namespace } };
}
