import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = ['Do not switch certificate checks off in clients: they would then trust anybody.'];

export const tlsSecretMissing: CodeEntry = {
  code: 'ingress.tls.secret-missing',
  group: 'network',
  title: 'TLS Secret of the Ingress does not exist',
  severity: 'warning',
  means:
    'The controller has no certificate for these hosts and serves a default one, which browsers and clients refuse.',
  recognised: '`spec.tls[].secretName` names a Secret that is not in the namespace of the Ingress.',
  nextSteps: [
    'Create the Secret (`kubectl create secret tls`), or correct its name.',
    'Where cert-manager makes it, look at the Certificate and its CertificateRequest.',
  ],
  avoid,
};

export const tlsSecretUnusable: CodeEntry = {
  code: 'ingress.tls.secret-unusable',
  group: 'network',
  title: 'TLS Secret of the Ingress cannot be used',
  severity: 'warning',
  means:
    'The Secret is there but holds no certificate and key as TLS needs them, so the controller serves its default certificate.',
  recognised: 'The Secret lacks the keys `tls.crt` or `tls.key`, or its certificate cannot be read.',
  nextSteps: ['Create it anew as type kubernetes.io/tls: `kubectl create secret tls NAME --cert=FILE --key=FILE`.'],
  avoid: ["Do not change the type in place: a Secret's type cannot be changed.", ...avoid],
};

export const tlsExpired: CodeEntry = {
  code: 'ingress.tls.expired',
  group: 'network',
  title: 'TLS certificate of the Ingress is expired',
  severity: 'critical',
  means: 'Clients refuse the connection to these hosts, because the certificate is no longer (or not yet) valid.',
  recognised: 'Now is outside of the validity of the certificate in the Secret that `spec.tls` names.',
  nextSteps: [
    'Renew the certificate; with cert-manager find out why it was not renewed (`kubectl describe certificate`).',
  ],
  avoid,
};

export const tlsExpiring: CodeEntry = {
  code: 'ingress.tls.expiring',
  group: 'network',
  title: 'TLS certificate of the Ingress expires soon',
  severity: 'warning',
  means: 'In a few days clients will refuse the connection to these hosts, unless the certificate is renewed before.',
  recognised:
    'The certificate in the Secret that `spec.tls` names ends within seven days (two, where it lives less than a month).',
  nextSteps: ['Renew the certificate, or find out why it was not renewed automatically.'],
  avoid,
};

export const tlsHostNotCovered: CodeEntry = {
  code: 'ingress.tls.host-not-covered',
  group: 'network',
  title: 'TLS certificate is not for the host of the Ingress',
  severity: 'warning',
  means:
    'The certificate does not name the host, so clients refuse the connection or the controller serves its default certificate.',
  recognised:
    'No name of the certificate in the Secret (wildcards cover one label) is the host that `spec.tls[].hosts` lists.',
  nextSteps: ['Issue a certificate that names the host, or name the right Secret.'],
  avoid,
};
