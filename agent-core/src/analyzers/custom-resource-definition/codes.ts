import type { CodeEntry } from '@autodevops/domain/finding';

export const kindMissing: CodeEntry = {
  code: 'crd.missing',
  group: 'life-cycle',
  title: 'A kind that is asked for is not installed',
  severity: 'warning',
  means:
    'A program works with objects of a kind whose CustomResourceDefinition is not in the cluster (or not in that version).',
  recognised:
    'A log line, event or condition says "no matches for kind", or a pod that does not become ready logs that the server could not find the requested resource, and the cluster has no such CRD.',
  nextSteps: ['Install the CRDs that belong to the program, in the version it wants, then restart it.'],
  avoid: ['Do not write a CRD of your own to silence it.'],
};

export const namesRefused: CodeEntry = {
  code: 'crd.names.not-accepted',
  group: 'life-cycle',
  title: 'CRD not established: its names are taken',
  severity: 'warning',
  means: 'Another CRD of the same group already has the plural, singular, short or list name. The kind is not served.',
  recognised: 'The CRD has NamesAccepted=False or Established=False.',
  nextSteps: ['Read the condition, which names the conflict, and rename or remove one of the two CRDs.'],
  avoid: ['Deleting a CRD deletes all objects of its kind.'],
};

export const noneServed: CodeEntry = {
  code: 'crd.versions.none-served',
  group: 'life-cycle',
  title: 'CRD serves no version',
  severity: 'warning',
  means: 'Objects of the kind are stored but nobody can read or write them.',
  recognised: "Every entry of the CRD's spec.versions has served: false.",
  nextSteps: ['Set served: true for the version in use, mostly the storage version.'],
  avoid: ['Deleting a CRD deletes all objects of its kind.'],
};

export const conversionServiceMissing: CodeEntry = {
  code: 'crd.conversion.service-missing',
  group: 'life-cycle',
  title: "Conversion webhook's Service does not exist",
  severity: 'critical',
  means:
    'Objects of the kind cannot be read or written in any version but the stored one; lists of them fail, and with them namespace deletion and garbage collection.',
  recognised:
    'The CRD has conversion strategy Webhook, more than one version, and names a Service that does not exist.',
  nextSteps: [
    'Install the controller that serves the webhook again, or correct the Service in spec.conversion.webhook.clientConfig.',
  ],
  avoid: ['Do not set the strategy to None unless the versions have the same schema: fields would be lost.'],
};

export const conversionFailing: CodeEntry = {
  code: 'crd.conversion.failing',
  group: 'life-cycle',
  title: 'Conversion webhook does not answer',
  severity: 'critical',
  means:
    'Objects of the kind cannot be read or written in any version but the stored one; lists of them fail, and with them namespace deletion and garbage collection.',
  recognised:
    'An error "conversion webhook for ... failed", or a CRD with more than one version whose webhook Service has no ready pod.',
  nextSteps: [
    "See whether the pods behind the webhook's Service run and are ready, and read their logs.",
    'Check the caBundle in the CRD against the certificate that the webhook serves.',
  ],
  avoid: ['Do not set the strategy to None unless the versions have the same schema: fields would be lost.'],
};
