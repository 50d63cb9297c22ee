import type { CodeEntry } from '@autodevops/domain/finding';

export const targetDown: CodeEntry = {
  code: 'signal.target.down',
  group: 'signal',
  title: 'Monitoring cannot reach a target',
  severity: 'warning',
  means:
    'The scrapes of this target fail: it is down, does not serve metrics, or a network policy is in the way. Alerts about it are blind.',
  recognised: 'The series `up` of the target is 0 in its last points, and was 1 before.',
  nextSteps: ['See whether the pod runs and is ready, and whether its metrics port and path are right.'],
  avoid: ['Do not take missing figures for good ones: nothing is known of the target.'],
};

export const certificateExpiring: CodeEntry = {
  code: 'signal.certificate.expiring',
  group: 'signal',
  title: 'Certificate expires soon',
  severity: 'warning',
  means: 'Clients will refuse the connection when it has expired.',
  recognised:
    "A metric of a certificate's end (probe_ssl_earliest_cert_expiry, x509_cert_not_after, certmanager_certificate_expiration_timestamp_seconds, ...) is less than seven days ahead.",
  nextSteps: ['See what renews it, and why it has not yet.'],
  avoid: ['Do not wait for the last day: a failed renewal needs time to be found.'],
};

export const certificateExpired: CodeEntry = {
  code: 'signal.certificate.expired',
  group: 'signal',
  title: 'Certificate has expired',
  severity: 'critical',
  means: 'Clients refuse the connection.',
  recognised: "A metric of a certificate's end is in the past.",
  nextSteps: ['Renew it, and see why nothing did.'],
  avoid: ['Do not turn off verification in the clients.'],
};
