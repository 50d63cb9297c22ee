/** Words that stand where a host name might, and never are one. */
const literals = new Set([
  'true',
  'false',
  'yes',
  'no',
  'on',
  'off',
  'null',
  'nil',
  'none',
  'undefined',
  'auto',
  'default',
  'enabled',
  'disabled',
  'trace',
  'debug',
  'info',
  'warn',
  'warning',
  'error',
  'fatal',
  'json',
  'text',
  'http',
  'https',
  'tcp',
  'udp',
  'grpc',
  'production',
  'prod',
  'staging',
  'development',
  'dev',
  'test',
  'port',
  'status',
  'code',
  'line',
  'timeout',
  'size',
  'count',
  'length',
  'pid',
  'localhost',
  'sha256',
  'sha512',
]);

/** Last labels that make a dotted word a file rather than a host. */
const fileEndings = new Set([
  'go',
  'java',
  'js',
  'mjs',
  'cjs',
  'ts',
  'tsx',
  'jsx',
  'py',
  'rb',
  'rs',
  'c',
  'cc',
  'cpp',
  'h',
  'cs',
  'php',
  'kt',
  'scala',
  'sh',
  'conf',
  'cfg',
  'ini',
  'yaml',
  'yml',
  'json',
  'toml',
  'log',
  'txt',
  'xml',
  'properties',
  'md',
  'pem',
  'crt',
  'key',
  'jar',
  'so',
  'lock',
  'sql',
  'env',
  'html',
  'css',
  'csv',
  'gz',
  'tar',
  'zip',
  'sock',
  'service',
]);

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const digits = /^\d+$/;

/** `10.96.0.10`, each part at most 255. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => part.length <= 3 && digits.test(part) && Number(part) <= 255);
}

/** A DNS name that could be a host: letters in it, no underscore, not a version, a file or a plain word such as `true`. */
export function isHostName(text: string): boolean {
  if (text.length === 0 || text.length > 253) return false;
  const name = text.toLowerCase();
  const labels = name.split('.');
  const [first = ''] = labels;
  const last = labels.at(-1) ?? '';
  if (!labels.every((part) => label.test(part))) return false;
  if (!/[a-z]/.test(first) || digits.test(last)) return false;
  if (labels.length === 1) return !literals.has(name);
  return !/^v?\d+$/.test(first) && !fileEndings.has(last);
}

/** A name that only a cluster's own DNS knows: `db.shop.svc`, `db-0.db.shop.svc.cluster.local`. */
export function isClusterName(name: string): boolean {
  const at = name.split('.').indexOf('svc');
  return at === 2 || at === 3;
}
