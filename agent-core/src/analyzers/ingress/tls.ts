import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Secret } from '@autodevops/domain/kubernetes/cluster';
import type { Ingress } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { listAt, textAt } from '../../reading/json-value.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { ageOf } from '../../reading/recency.ts';
import { customOfKind } from '../../reading/platform/custom-objects.ts';
import { secretMakers } from '../../reading/platform/secret-maker.ts';
import { coversHost, tlsTrouble } from '../../reading/network/tls-secret.ts';
import type { TlsTrouble } from '../../reading/network/tls-secret.ts';
import { tlsExpired, tlsExpiring, tlsHostNotCovered, tlsSecretMissing, tlsSecretUnusable } from './tls-codes.ts';

interface TlsCheck {
  readonly snapshot: Snapshot;
  readonly ingress: Ingress;
  readonly secretName: string;
  readonly hosts: readonly string[];
  readonly path: string;
}

function issuedByCertManager(ingress: Ingress): boolean {
  return Object.keys(ingress.metadata.annotations).some((key) => key.startsWith('cert-manager.io/'));
}

interface FilledSecret {
  readonly secret: string;
  readonly host: string;
}

/** Another Secret of the namespace whose certificate is for one of the hosts: by its own names, or by the Certificate that fills it. */
function secretForHosts(snapshot: Snapshot, namespace: string, hosts: readonly string[]): FilledSecret | undefined {
  const issued = customOfKind(snapshot, 'cert-manager.io', 'Certificate').filter(
    (c) => c.metadata.namespace === namespace,
  );
  for (const host of hosts) {
    const own = snapshot
      .listIn('Secret', namespace)
      .find((s) => s.certificate?.names.some((name) => coversHost(name, host)));
    if (own !== undefined) return { secret: own.metadata.name, host };
    const by = issued.find((c) =>
      listAt(c.spec, 'dnsNames').some((name) => typeof name === 'string' && coversHost(name, host)),
    );
    const secret = by === undefined ? '' : textAt(by.spec, 'secretName');
    if (secret !== '' && snapshot.get('Secret', namespace, secret) !== undefined) return { secret, host };
  }
  return undefined;
}

function missing(check: TlsCheck): Finding | undefined {
  const { snapshot, ingress, secretName, hosts } = check;
  const { namespace, name } = ingress.metadata;
  const makers = secretMakers(snapshot, namespace, secretName);
  const issued = issuedByCertManager(ingress) || makers.length > 0;
  const age = ageOf(snapshot, ingress.metadata.creationTimestamp) ?? Infinity;
  if (makers.some((maker) => maker.young) || (issued && age < 5 * 60_000)) return undefined;
  const near = nearMatches(
    secretName,
    snapshot
      .listIn('Secret', namespace)
      .filter((s) => s.type === 'kubernetes.io/tls')
      .map((s) => s.metadata.name),
  );
  const elsewhere = snapshot
    .list('Secret')
    .find((s) => s.metadata.name === secretName && s.type === 'kubernetes.io/tls');
  const filled = secretForHosts(snapshot, namespace, hosts);
  const hint =
    filled !== undefined
      ? `; the certificate for ${filled.host} is in Secret "${filled.secret}"`
      : near.length > 0
        ? `; there is ${near.map((n) => `"${n}"`).join(', ')}`
        : elsewhere === undefined
          ? ''
          : `; a Secret of that name is in namespace "${elsewhere.metadata.namespace}"`;
  const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', namespace, name: secretName, uid: '' };
  return finding(tlsSecretMissing, {
    object: refTo('Ingress', ingress),
    cause: `Ingress "${name}" takes the certificate of ${hosts.length === 0 ? 'its hosts' : hosts.slice(0, 3).join(', ')} from Secret "${secretName}", which does not exist in namespace "${namespace}"${hint}.`,
    evidence: [fromSpec(refTo('Ingress', ingress), `${check.path}.secretName`, secretName)],
    since: ingress.metadata.creationTimestamp ?? '',
    because: issued ? [{ object: certificate }, ...makers.map(({ ref }) => ({ object: ref }))] : [],
    facet: secretName,
  });
}

interface Told {
  readonly code: CodeEntry;
  readonly says: string;
  readonly evidence: (secret: Secret) => Evidence;
  readonly since: string;
}

function tell(check: TlsCheck, trouble: TlsTrouble): Told {
  const { secretName } = check;
  const at = (secret: Secret, path: string, value: string): Evidence =>
    fromStatus(refTo('Secret', secret), path, value);
  switch (trouble.kind) {
    case 'unusable':
      return {
        code: tlsSecretUnusable,
        says: `takes its certificate from Secret "${secretName}", but ${trouble.why}`,
        since: '',
        evidence: (s) =>
          at(s, trouble.path, trouble.path === 'data' ? s.keys.join(', ') : (s.certificate?.problem ?? s.type)),
      };
    case 'expired':
      return {
        code: tlsExpired,
        says: `serves the certificate of Secret "${secretName}", which expired at ${trouble.time}`,
        since: trouble.time,
        evidence: (s) => at(s, 'certificate.notAfter', trouble.time),
      };
    case 'not-yet':
      return {
        code: tlsExpired,
        says: `serves the certificate of Secret "${secretName}", which is valid only from ${trouble.time}`,
        since: '',
        evidence: (s) => at(s, 'certificate.notBefore', trouble.time),
      };
    case 'expiring':
      return {
        code: tlsExpiring,
        says: `serves the certificate of Secret "${secretName}", which expires at ${trouble.time}`,
        since: '',
        evidence: (s) => at(s, 'certificate.notAfter', trouble.time),
      };
    case 'host':
      return {
        code: tlsHostNotCovered,
        says: `serves host ${trouble.host} with the certificate of Secret "${secretName}", which is for ${trouble.names.slice(0, 5).join(', ')} only`,
        since: '',
        evidence: (s) => at(s, 'certificate.names', trouble.names.join(', ')),
      };
  }
}

function checkEntry(check: TlsCheck): Finding | undefined {
  const { snapshot, ingress, secretName, hosts } = check;
  const { namespace, name } = ingress.metadata;
  if (snapshot.lacks('Secret', namespace, secretName)) return missing(check);
  const secret = snapshot.get('Secret', namespace, secretName);
  if (secret === undefined) return undefined;
  const trouble = tlsTrouble(snapshot, secret, hosts);
  if (trouble === undefined) return undefined;
  const told = tell(check, trouble);
  return finding(told.code, {
    object: refTo('Ingress', ingress),
    cause: `Ingress "${name}" ${told.says}.`,
    evidence: [told.evidence(secret), fromSpec(refTo('Ingress', ingress), `${check.path}.secretName`, secretName)],
    since: told.since,
    because: [
      { object: { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', namespace, name: secretName, uid: '' } },
    ],
    facet: secretName,
  });
}

export function checkTls(snapshot: Snapshot, ingress: Ingress): readonly Finding[] {
  const found = ingress.spec.tls.map((entry, index) => {
    // Without a Secret the controller serves a certificate of its own, by intention.
    if (entry.secretName === undefined || entry.secretName === '') return undefined;
    return checkEntry({
      snapshot,
      ingress,
      secretName: entry.secretName,
      hosts: entry.hosts,
      path: `spec.tls[${index}]`,
    });
  });
  return found.filter((f) => f !== undefined);
}
