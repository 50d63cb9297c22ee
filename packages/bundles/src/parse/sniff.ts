export type Language = 'json' | 'yaml';

const objectKey = /^(?:- )?["']?(?:apiVersion|kind|items|metadata)["']?\s*:/;

function extensionOf(path: string): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.gz$/, '');
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1);
}

function firstLine(text: string): string {
  return text.split('\n', 200).find((line) => line.trim() !== '' && !/^\s*#|^---\s*$|^%/.test(line)) ?? '';
}

const neverObjects = new Set([
  'log',
  'md',
  'html',
  'htm',
  'sh',
  'py',
  'go',
  'js',
  'ts',
  'css',
  'csv',
  'pem',
  'crt',
  'key',
  'png',
  'svg',
  'pprof',
  'gz',
  'tgz',
  'tar',
  'zip',
  'xz',
]);

/** True when a file's name says that it holds no objects, so that it need not be opened. */
export function isNeverObjects(path: string): boolean {
  return neverObjects.has(extensionOf(path)) || /(?:^|\/)\.[^/]*$/.test(path);
}

/** True for `.json`, `.yaml` and `.yml`: a file that ought to parse. */
export function isDeclared(path: string): boolean {
  return /^(?:json|ya?ml|ndjson|jsonl)$/.test(extensionOf(path));
}

/** In which language a file's objects are written, by its beginning; undefined when it holds none (`kubectl describe`). */
export function languageOf(path: string, head: string): Language | undefined {
  if (head.includes('\0')) return undefined;
  const text = head.trimStart();
  if (text.startsWith('{') || text.startsWith('[')) return /^\{\{|^\[[a-zA-Z ]+\]/.test(text) ? undefined : 'json';
  const extension = extensionOf(path);
  if (/^\s*[{[]\s*$/m.test(head) && !/^ya?ml$/.test(extension)) return 'json';
  if (/^ya?ml$/.test(extension) || objectKey.test(firstLine(text))) return 'yaml';
  return undefined;
}

/** True when text that does not parse was meant to be a Kubernetes object. */
export function looksLikeObjects(text: string): boolean {
  return /["']?\b(?:apiVersion|kind|items|metadata)\b["']?\s*:/.test(text);
}
