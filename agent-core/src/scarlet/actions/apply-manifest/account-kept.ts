import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../patches/field-patch.ts';
import { refuse } from '../../refusal.ts';
import { templateOf, templatePath } from '../../targets/workload-template.ts';
import { placesIn } from './places-in.ts';

/** Sources of a projected volume by which a pod holds what its account is known by, whatever the pod says of mounting it. */
const credentials: readonly string[] = ['serviceAccountToken', 'podCertificate'];

/** A pod template may not be run by a mightier account by the way. */
function checkName(manifest: Manifest, present: Manifest | undefined): void {
  const podSpec = [...templatePath(manifest), 'spec'];
  const wanted = ['serviceAccountName', 'serviceAccount']
    .map((field) => fieldAt(manifest, [...podSpec, field]))
    .find((name) => name !== undefined);
  if (wanted === undefined || wanted === 'default') return;
  const now = present === undefined ? undefined : (templateOf(present).spec.serviceAccountName ?? 'default');
  if (wanted !== now) {
    refuse(
      `The manifest runs the pods as ServiceAccount ${String(wanted)}${now === undefined ? '' : `, not as ${now}`}: they would get its rights.`,
      'Leave it out, or let an administrator apply it.',
    );
  }
}

interface Credential {
  readonly source: string;
  /** Who believes it: a token for one audience is none for another, and a certificate is of one signer. */
  readonly believedBy: string;
}

function credentialsIn(object: Manifest): readonly Credential[] {
  return placesIn(fieldAt(object, templatePath(object))).flatMap(({ key, value }) => {
    if (!credentials.includes(key) || typeof value !== 'object' || value === null) return [];
    const { audience = '', signerName = '' } = value as { readonly audience?: unknown; readonly signerName?: unknown };
    return [{ source: key, believedBy: JSON.stringify([audience, signerName]) }];
  });
}

/** Nor may pods that run get their account's credentials by a volume, which they do not hold yet. */
function checkCredentials(manifest: Manifest, present: Manifest | undefined): void {
  if (present === undefined) return;
  const had = credentialsIn(present);
  const fresh = credentialsIn(manifest).find(
    ({ source, believedBy }) => !had.some((one) => one.source === source && one.believedBy === believedBy),
  );
  if (fresh !== undefined) {
    refuse(
      `The manifest gives the pods ${fresh.source} by a volume: they would hold credentials of their ServiceAccount, which they do not yet.`,
      'Leave it out, or let an administrator apply it.',
    );
  }
}

/** Refused where the pods would get rights of a ServiceAccount that they do not have as they are. */
export function checkAccount(manifest: Manifest, present: Manifest | undefined): void {
  checkName(manifest, present);
  checkCredentials(manifest, present);
}
