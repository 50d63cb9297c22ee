import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'network', severity: 'critical' } as const;

export const hostClaimed: CodeEntry = {
  ...base,
  code: 'openshift.route.host-claimed',
  title: 'Host of a Route belongs to another',
  means:
    'The router serves a host for the namespace that asked for it first. Requests for it go there, and none comes to this Route.',
  recognised: 'The router says Admitted=False with reason HostAlreadyClaimed in the status of the Route.',
  nextSteps: [
    'Give the Route another host, or have the older Route removed by whoever owns it.',
    'If namespaces are to share hosts, the administrator sets `spec.routeAdmission.namespaceOwnership` of the IngressController.',
  ],
  avoid: ['Do not delete the other Route before its owner agrees: it serves users now.'],
};

export const notAdmitted: CodeEntry = {
  ...base,
  code: 'openshift.route.not-admitted',
  title: 'Router does not serve a Route',
  means: 'No router has taken the Route up, so its host is not served.',
  recognised: 'Every router that speaks of the Route says Admitted=False in its status.',
  nextSteps: [
    'Mend what the reason names: an invalid host, a certificate that does not fit its key, a path with passthrough.',
  ],
  avoid: ["Do not edit the configuration of the router's pods: it is written anew from the Routes."],
};
