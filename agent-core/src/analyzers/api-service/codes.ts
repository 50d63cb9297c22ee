import type { CodeEntry } from '@autodevops/domain/finding';

const means =
  'The API server passes requests for this API group on to a Service that does not answer. Everything that uses the group fails, and so do things that list all groups: namespaces stay in Terminating and objects of deleted owners are not collected.';
const avoid = ['Do not delete the APIService while the software that provides it is meant to stay.'];

export const serviceMissing: CodeEntry = {
  code: 'control-plane.api-service.service-missing',
  group: 'control-plane',
  title: 'An API group is left without its Service',
  severity: 'critical',
  means,
  recognised: 'The APIService has Available=False with reason ServiceNotFound, or names a Service that does not exist.',
  nextSteps: [
    'Install the software that provides the group again, or, if it was removed for good, delete the APIService.',
  ],
  avoid,
};

export const unavailable: CodeEntry = {
  code: 'control-plane.api-service.unavailable',
  group: 'control-plane',
  title: 'An API group is unavailable',
  severity: 'critical',
  means,
  recognised:
    'The APIService has Available=False (MissingEndpoints, FailedDiscoveryCheck, ServicePortError and the like).',
  nextSteps: [
    'See whether the pods behind its Service run and are ready, and read their logs.',
    'If they are, check that the API server reaches them: network policies, firewalls, the port and the CA in the APIService.',
  ],
  avoid,
};
