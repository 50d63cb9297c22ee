import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = [
  "Do not delete and recreate Certificates in a loop: public authorities limit the rate, and a week's wait follows.",
];

export const issuerNotReady: CodeEntry = {
  code: 'cert-manager.issuer.not-ready',
  group: 'ecosystem',
  title: 'Certificate issuer is not ready',
  severity: 'warning',
  means: 'No certificate can be issued or renewed through this issuer.',
  recognised: 'An Issuer or ClusterIssuer has Ready=False.',
  nextSteps: [
    'Read the condition: an account that cannot be registered (address, e-mail, network), or a Secret with the CA or credentials that is missing.',
    "A ClusterIssuer looks for its Secrets in cert-manager's own namespace.",
  ],
  avoid,
};

export const issuerMissing: CodeEntry = {
  code: 'cert-manager.issuer.not-found',
  group: 'ecosystem',
  title: 'Certificate names an issuer that does not exist',
  severity: 'warning',
  means: 'The certificate will never be issued.',
  recognised: 'A CertificateRequest says "Referenced \\"Issuer\\" not found" (or ClusterIssuer).',
  nextSteps: [
    'Correct issuerRef (name, and kind: Issuer is looked for in the namespace, ClusterIssuer in the cluster), or create the issuer.',
  ],
  avoid,
};

export const certificateNotReady: CodeEntry = {
  code: 'cert-manager.certificate.not-ready',
  group: 'ecosystem',
  title: 'Certificate is not issued',
  severity: 'warning',
  means: 'The Secret of the certificate is missing, outdated or expired; what serves it fails or shows a warning.',
  recognised: 'A Certificate has Ready=False for minutes.',
  nextSteps: [
    'Follow the chain: `cmctl status certificate NAME`, or look at its CertificateRequest, Order and Challenge.',
  ],
  avoid,
};

export const certificateExpired: CodeEntry = {
  code: 'cert-manager.certificate.expired',
  group: 'ecosystem',
  title: 'Certificate has expired',
  severity: 'critical',
  means: 'Clients refuse the connection.',
  recognised: 'status.notAfter of the Certificate is in the past.',
  nextSteps: [
    'See why it was not renewed: cert-manager runs, its issuer is ready, the newest CertificateRequest.',
    '`cmctl renew NAME` once the reason is gone.',
  ],
  avoid,
};

export const renewalOverdue: CodeEntry = {
  code: 'cert-manager.certificate.renewal-overdue',
  group: 'ecosystem',
  title: 'Certificate should have been renewed',
  severity: 'warning',
  means: 'The certificate still works and will expire, because nothing renews it.',
  recognised: 'status.renewalTime is more than an hour ago and the certificate is the old one.',
  nextSteps: ['See whether the cert-manager controller runs, and read its log for this certificate.'],
  avoid,
};

export const requestFailed: CodeEntry = {
  code: 'cert-manager.request.failed',
  group: 'ecosystem',
  title: 'Certificate request is not answered or failed',
  severity: 'warning',
  means: 'The issuer did not sign: the request was denied, is not approved, or failed.',
  recognised:
    'A CertificateRequest of a certificate that is not ready has Ready=False with reason Failed or Denied, or has been pending for minutes.',
  nextSteps: ['Read the condition. cert-manager tries again after an hour; `cmctl renew` tries at once.'],
  avoid,
};

export const orderFailed: CodeEntry = {
  code: 'cert-manager.order.failed',
  group: 'ecosystem',
  title: 'ACME order failed',
  severity: 'warning',
  means: "The authority (Let's Encrypt and the like) did not accept the order.",
  recognised: 'An Order of a certificate that is not ready is in state invalid, errored or expired.',
  nextSteps: ['Read status.reason; "rateLimited" means to wait, an invalid order follows from its challenge.'],
  avoid,
};

export const challengeFailing: CodeEntry = {
  code: 'cert-manager.challenge.failing',
  group: 'ecosystem',
  title: 'ACME challenge does not succeed',
  severity: 'warning',
  means: "The proof that the domain is ours cannot be seen by the authority, or by cert-manager's own check before it.",
  recognised:
    'A Challenge is in state invalid or errored, or has been pending for minutes with a reason such as "Waiting for HTTP-01 challenge propagation".',
  nextSteps: [
    "HTTP-01: the domain resolves to the ingress from outside, port 80 is open, and the solver's Ingress has the right class.",
    'DNS-01: the credentials may write the zone, and the TXT record can be seen from outside.',
  ],
  avoid,
};
