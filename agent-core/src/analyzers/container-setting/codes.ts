import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const variableMissing: CodeEntry = {
  ...base,
  code: 'pod.crash.variable-missing',
  title: 'Environment variable missing',
  means: 'The program wants an environment variable that it is not given, or that is empty.',
  recognised: 'The last words of a container that crashes say that a variable is not set, required or missing.',
  nextSteps: [
    'Set the variable in `env` or `envFrom` of the container; look for another spelling or a missing prefix.',
  ],
  avoid: ['Do not write a password into the pod template: take it from a Secret.'],
};

export const serviceVariable: CodeEntry = {
  ...base,
  code: 'pod.crash.service-variable',
  title: 'Variable of a Service is taken for a setting',
  means:
    'For each Service of its namespace Kubernetes sets variables in every pod that starts after it: of a Service "redis" REDIS_PORT=tcp://10.96.0.7:6379 and others. The program has a setting of the same name and cannot use that value.',
  recognised:
    'The last words of a container that crashes quote "tcp://IP:PORT" where a number or another form was expected, and IP is that of a Service in its namespace.',
  nextSteps: [
    'Set `enableServiceLinks: false` in the pod template: programs that find their Services by DNS do not need these variables.',
    'Or set the variable yourself in `env` of the container, which goes before; or give the Service another name.',
  ],
  avoid: ['Do not delete the Service before you know who uses it.'],
};

export const badArguments: CodeEntry = {
  ...base,
  code: 'pod.crash.bad-arguments',
  title: 'Program does not know its arguments',
  means:
    'The program was started with a flag, option or command that it does not know, or without one that it wants. Often an option of another version.',
  recognised: 'The last words of a container that crashes are "unknown flag", "unrecognized option" or their like.',
  nextSteps: [
    'Correct `args` (or `command`, or the variable that brings options, such as JAVA_TOOL_OPTIONS) of the container for the version that the image holds.',
  ],
  avoid: ['Do not wrap the command in a shell that hides the error: the pod would look well and do nothing.'],
};

export const badConfiguration: CodeEntry = {
  ...base,
  code: 'pod.crash.bad-configuration',
  title: 'Program rejects its configuration',
  means: 'The program reads its configuration and refuses it: a syntax error, an unknown field, an impossible value.',
  recognised: 'The last words of a container that crashes are of configuration that cannot be parsed or is not valid.',
  nextSteps: [
    'Correct the place that the log names, in the ConfigMap, Secret or variable that it comes from; then restart the workload if it reads it only at the start.',
  ],
  avoid: ['Do not edit the file inside the container: the next start has the old one.'],
};

export const fileMissing: CodeEntry = {
  ...base,
  code: 'pod.crash.file-missing',
  title: 'File missing',
  means:
    'The program wants a file that is neither in its image nor in what is mounted, or finds a folder in its place.',
  recognised:
    'The last words of a container that crashes are "no such file or directory", "is a directory" or their like.',
  nextSteps: [
    'See whether the file should come from the image or from a volume, and whether a mount hides the folder of the image that holds it.',
  ],
  avoid: ['Do not copy the file into the running container: the next start has lost it.'],
};

export const keyMaterial: CodeEntry = {
  ...base,
  code: 'pod.crash.key-material',
  title: 'Key, certificate and password do not fit each other',
  means:
    'The program cannot use its own key: it does not belong to the certificate, the password does not open the key store, or the file holds no key in the form that the program reads. Mostly one half was renewed and the other not.',
  recognised:
    'The last words of a container that crashes are "key values mismatch", "private key does not match", "keystore password was incorrect" or their like.',
  nextSteps: [
    'Take both halves from one pair. Compare `openssl x509 -noout -pubkey -in tls.crt | sha256sum` with `openssl pkey -pubout -in tls.key | sha256sum`.',
    'For a key store, take file and password from the same source.',
  ],
  avoid: ['Do not copy the key out of the cluster to compare it: compare hashes of the public half.'],
};

export const lineBreak: CodeEntry = {
  ...base,
  code: 'pod.crash.line-break',
  title: 'Value with a character that must not be in it, most likely a line break',
  means:
    'The program puts a value into a header or an address, and the value holds a character that is not allowed there. Mostly it comes from a Secret that was made with `echo` or from a file, and ends with a line break.',
  recognised:
    'The last words of a container that crashes are "invalid header field value", "Invalid character in header content", "invalid control character in URL" or their like.',
  nextSteps: [
    'See whether the value ends with a line break, without showing it: `kubectl get secret NAME -o jsonpath={.data.KEY} | base64 -d | tail -c1 | xxd` must not print 0a.',
    'Make the Secret again from `printf %s` or `echo -n`, or with `--from-literal`, and restart the workload.',
  ],
  avoid: ['Do not let the program cut every value: repair the one that is wrong.'],
};
