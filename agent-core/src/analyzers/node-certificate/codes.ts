import type { CodeEntry } from '@autodevops/domain/finding';

export const clientPending: CodeEntry = {
  code: 'node.certificate.client-pending',
  group: 'node',
  title: 'A kubelet waits for its client certificate',
  severity: 'warning',
  means:
    'A kubelet asked for the certificate with which it talks to the API server, and nobody has approved it. A new node cannot join, an old one is locked out once its certificate expires.',
  recognised:
    'A CertificateSigningRequest of signer kubernetes.io/kube-apiserver-client-kubelet has been without an answer for minutes.',
  nextSteps: [
    "See why it was not approved by itself: kube-controller-manager (csrapproving) runs, and the node's group is bound to system:certificates.k8s.io:certificatesigningrequests:nodeclient or selfnodeclient.",
    'If you know the node, approve it: `kubectl certificate approve NAME`.',
  ],
  avoid: ['Do not approve requests of nodes that you do not know.'],
};

export const servingPending: CodeEntry = {
  code: 'node.certificate.serving-pending',
  group: 'node',
  title: 'A kubelet waits for its serving certificate',
  severity: 'warning',
  means:
    'Kubernetes never approves kubelet serving certificates by itself. Until somebody does, logs, exec and metrics of the node fail with a TLS error.',
  recognised:
    'A CertificateSigningRequest of signer kubernetes.io/kubelet-serving has been without an answer for more than 15 minutes.',
  nextSteps: [
    'Check that the request is from the node it names, then `kubectl certificate approve NAME`.',
    'Install an approver of kubelet serving certificates if `serverTLSBootstrap` is meant to stay on.',
  ],
  avoid: ["Do not approve requests whose names or addresses are not the node's."],
};

export const requestFailed: CodeEntry = {
  code: 'certificate-request.failed',
  group: 'control-plane',
  title: 'A certificate request failed',
  severity: 'warning',
  means: 'The request was approved but the signer could not sign it.',
  recognised: 'A CertificateSigningRequest has the condition Failed.',
  nextSteps: [
    "Read the condition; check the signer (kube-controller-manager's --cluster-signing-cert-file, or the custom signer).",
    'Delete the request so that its owner asks again.',
  ],
  avoid: ['Do not approve requests of unknown origin to make them pass.'],
};

export const servingUntrusted: CodeEntry = {
  code: 'node.certificate.serving-untrusted',
  group: 'node',
  title: "The kubelets' serving certificates are not trusted",
  severity: 'warning',
  means:
    'A component that reads from the kubelets (metrics-server, a monitoring agent) does not accept their certificates: self-signed, without the address it calls, or expired. Metrics, and with them autoscaling and `kubectl top`, are missing.',
  recognised:
    'Its log says "x509: cannot validate certificate", "certificate signed by unknown authority" or "certificate has expired" about port 10250.',
  nextSteps: [
    'Let the kubelets get signed serving certificates (`serverTLSBootstrap: true` and an approver), and approve the requests.',
    'On a test cluster: start metrics-server with `--kubelet-insecure-tls`.',
  ],
  avoid: ['Do not use --kubelet-insecure-tls in production: anyone on the network could pose as a kubelet.'],
};

export const clientExpired: CodeEntry = {
  code: 'control-plane.certificate.expired',
  group: 'control-plane',
  title: 'A control-plane certificate has expired',
  severity: 'critical',
  means:
    "A component of the control plane is refused, or refuses others, because a certificate is past its end. kubeadm's certificates last one year.",
  recognised: 'The log of a failing control-plane pod says "x509: certificate has expired or is not yet valid".',
  nextSteps: [
    '`kubeadm certs check-expiration`, then `kubeadm certs renew all` on each control-plane machine, and restart the static pods.',
    "If the dates look right, compare the machine's clock (`timedatectl`).",
  ],
  avoid: ['Do not set the clock back.'],
};
