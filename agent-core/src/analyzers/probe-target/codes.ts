import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'probe', severity: 'critical' } as const;
const keep = ['Do not remove the probe: correct it.', 'Do not restart the pods: the probe fails again.'];

export const wrongPort: CodeEntry = {
  ...base,
  code: 'pod.probe.wrong-port',
  title: 'Probe asks the wrong port',
  means:
    'The program runs and listens, but on another port than the one that the probe asks, so it counts as not ready (or is killed) although it may work.',
  recognised:
    'The probe meets "connection refused", and the log or the declared ports of the container name another port.',
  nextSteps: [
    'Set the port of the probe to the one on which the program listens, best by the name of a declared port.',
  ],
  avoid: keep,
};

export const loopbackOnly: CodeEntry = {
  ...base,
  code: 'pod.probe.loopback-only',
  title: 'Program listens on localhost only',
  means:
    'The program listens on 127.0.0.1, where only its own pod reaches it. Probes and Services come from outside of the pod.',
  recognised: 'The probe meets "connection refused" on a port on which the program says that it listens on localhost.',
  nextSteps: ['Let the program listen on 0.0.0.0 (often --host, HOST or BIND_ADDRESS).'],
  avoid: ['Do not set the host of the probe to 127.0.0.1: that would be the node.'],
};

export const wrongPath: CodeEntry = {
  ...base,
  code: 'pod.probe.wrong-path',
  title: 'Probe asks for a path that does not exist',
  means: 'The program answers the probe with 404: it has no such path.',
  recognised: 'The probe fails with status code 404.',
  nextSteps: [
    'Set the path of the probe to one that the program answers with 200; mind a prefix under which it serves.',
  ],
  avoid: keep,
};

export const wrongScheme: CodeEntry = {
  ...base,
  code: 'pod.probe.wrong-scheme',
  title: 'Probe speaks HTTP where TLS is spoken, or the reverse',
  means: 'The probe and the program do not agree on TLS.',
  recognised:
    'The probe fails with "server gave HTTP response to HTTPS client", or with the bytes of a TLS answer to a plain request.',
  nextSteps: ['Set `scheme` of the probe to the one that the program speaks on that port (HTTP or HTTPS).'],
  avoid: keep,
};

export const clientCertificate: CodeEntry = {
  ...base,
  code: 'pod.probe.client-certificate',
  title: 'Program demands a client certificate of the probe',
  means:
    'The program speaks mutual TLS on the port of the probe. The kubelet has no certificate to show there, so the program ends the connection before it answers.',
  recognised: 'The probe fails with "tls: certificate required", "tls: bad certificate" or their like.',
  nextSteps: [
    'Give the program a port (or path) for probes without client certificates, and point the probe at it.',
    'Or use an exec probe with a client that has a certificate, or a tcpSocket probe where it is enough that the port is open.',
  ],
  avoid: [...keep, 'Do not switch mutual TLS off for everybody because of the probe.'],
};

export const wrongProtocol: CodeEntry = {
  ...base,
  code: 'pod.probe.wrong-protocol',
  title: 'Probe speaks another protocol than the program',
  means:
    'The program listens, but does not understand what the probe says: it has no gRPC health service, or speaks no HTTP/1.',
  recognised: 'The probe fails with "malformed HTTP response", or because the server has no gRPC health service.',
  nextSteps: [
    'Use the kind of probe that the program answers: grpc, httpGet, tcpSocket or exec; for grpc, register the health service under the name that the probe asks for.',
  ],
  avoid: keep,
};

export const rejected: CodeEntry = {
  ...base,
  code: 'pod.probe.rejected',
  title: 'Program rejects the probe',
  means:
    'The program answers the probe with 400, 401, 403 or the like: it wants credentials, a host name or another method there.',
  recognised: 'The probe fails with a status code from 300 to 499 other than 404.',
  nextSteps: ['Give the probe a path that needs no login, or the header that the program wants (httpHeaders, Host).'],
  avoid: ['Do not put credentials into the probe.'],
};

export const hostRejected: CodeEntry = {
  ...base,
  code: 'pod.probe.host-rejected',
  title: 'Program does not accept the host name of the probe',
  means:
    'The probe asks with the address of the pod as host name, and the program only answers for the host names in a list of its own (ALLOWED_HOSTS in Django, config.hosts in Rails and their like).',
  recognised:
    'The probe fails with status code 400, 403 or 421, and the log of the program says that a host is invalid, blocked or not allowed.',
  nextSteps: [
    'Send a host name of that list with the probe: `httpHeaders: [{name: Host, value: NAME}]`.',
    'Or let the health path be answered before the check of the host name.',
  ],
  avoid: ['Do not allow every host name: the list keeps forged Host headers out.'],
};

export const unknownPortName: CodeEntry = {
  ...base,
  code: 'pod.probe.unknown-port-name',
  title: 'Probe names a port that the container does not have',
  means: 'The probe refers to a port by a name that no port of the container has, so it can never be asked.',
  recognised: 'The probe ends in error while the name of its port is read as a number.',
  nextSteps: ['Name one of the declared ports in the probe, or give the port its name.'],
  avoid: keep,
};

export const commandMissing: CodeEntry = {
  ...base,
  code: 'pod.probe.command-not-found',
  title: 'Command of the probe is not in the image',
  means:
    'The probe runs a command that the image does not have (curl, a shell), so it fails whatever the state of the program.',
  recognised: 'An exec probe fails with "executable file not found" or another error of the runtime.',
  nextSteps: ['Use httpGet, tcpSocket or grpc in place of exec, or a command that is in the image.'],
  avoid: keep,
};
