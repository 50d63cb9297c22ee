import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'admission' as const;
const severity = 'critical' as const;
const avoid = [
  'Do not delete the webhook configuration of a security or policy product before its owners agree: what it guards is then unguarded.',
  'Do not set failurePolicy to Ignore for good: mutations that pods rely on (sidecars, defaults) would silently be missing.',
];
const recognised = (text: string): string =>
  `"failed calling webhook … ${text}" in a FailedCreate event or a ReplicaFailure condition, checked against the webhook configuration, its Service and the Service's endpoints.`;

export const webhookServiceMissing: CodeEntry = {
  code: 'admission.webhook.service-missing',
  group,
  severity,
  title: 'Admission webhook points at a Service that does not exist',
  means:
    "The API server asks a webhook before it creates or changes objects, and the webhook's Service is gone. With failurePolicy Fail every such request is refused.",
  recognised: recognised('service not found'),
  nextSteps: [
    'Reinstall the product that the webhook belongs to, or remove its leftover webhook configuration if the product was uninstalled.',
  ],
  avoid,
};

export const webhookNoEndpoints: CodeEntry = {
  code: 'admission.webhook.no-endpoints',
  group,
  severity,
  title: 'Admission webhook has no ready pod',
  means:
    'The API server asks a webhook whose Service has no ready pod behind it. With failurePolicy Fail every such request is refused.',
  recognised: recognised('no endpoints available for service'),
  nextSteps: [
    "Repair the pods behind the webhook's Service first; the refused objects are created by themselves then.",
  ],
  avoid,
};

export const webhookCertificate: CodeEntry = {
  code: 'admission.webhook.certificate',
  group,
  severity,
  title: "Admission webhook's certificate is not accepted",
  means:
    "The API server does not trust the certificate of the webhook: it has expired, is for another name, or was signed by an authority that the configuration's caBundle does not hold.",
  recognised: recognised('x509 or tls'),
  nextSteps: [
    "Renew the webhook's serving certificate and write its authority into caBundle (with cert-manager: see the Certificate and the cainjector), then restart the webhook's pods.",
  ],
  avoid,
};

export const webhookTimeout: CodeEntry = {
  code: 'admission.webhook.timeout',
  group,
  severity,
  title: 'Admission webhook does not answer in time',
  means: 'The API server waits for a webhook until its timeout and then refuses the request (failurePolicy Fail).',
  recognised: recognised('context deadline exceeded or timeout'),
  nextSteps: [
    "Look at the webhook's pods: load, restarts, log.",
    "Check that the control plane can reach them: NetworkPolicy, firewall from the control plane to the node's webhook port.",
  ],
  avoid,
};

export const webhookUnreachable: CodeEntry = {
  code: 'admission.webhook.unreachable',
  group,
  severity,
  title: 'Admission webhook cannot be reached',
  means:
    "The API server's call to the webhook fails (connection refused, no route, wrong port or path, an error answer), and with failurePolicy Fail the request is refused.",
  recognised: recognised('connection refused, no such host, EOF or an error answer'),
  nextSteps: ["Check the Service's port and targetPort against what the webhook's pods listen on, and their log."],
  avoid,
};

export const webhookDenied: CodeEntry = {
  code: 'admission.webhook.denied',
  group,
  severity,
  title: 'A policy webhook refuses the pods',
  means:
    "A webhook (Kyverno, Gatekeeper or one of your own) looked at the object and said no. The text is the policy's own.",
  recognised: '"admission webhook … denied the request" in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: [
    "Change the workload so that it meets the policy that the text names, or ask the policy's owners for an exception.",
  ],
  avoid: ['Do not switch the policy off for everybody because of one workload.'],
};
