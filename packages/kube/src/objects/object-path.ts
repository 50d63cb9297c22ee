import { AutoDevOpsError } from '@autodevops/domain/errors';
import { versionPath } from './served-resources.ts';
import type { ServedKind } from './served-resources.ts';

interface Place {
  /** Empty: every namespace, or a kind without namespaces. */
  readonly namespace: string;
  /** Absent: all of them. */
  readonly name?: string;
  readonly subresource?: string;
}

/** One step of a path. The API server takes no name that is `.` or `..` or holds `/` or `%`. */
function segment(text: string, what: string): string {
  if (text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text) && text.length <= 253) {
    return encodeURIComponent(text);
  }
  throw new AutoDevOpsError('cluster.invalid', `"${text.slice(0, 80)}" is no ${what}.`, 'Check how it is written.');
}

/** The path of an object, or of a kind's list. Throws `cluster.invalid` when a name is none, or the scope does not fit. */
export function objectPath(served: ServedKind, { namespace, name, subresource = '' }: Place): string {
  if (name !== undefined && served.namespaced !== (namespace !== '')) {
    const what = served.namespaced
      ? `${served.kind} ${name} needs a namespace.`
      : `${served.kind} ${name} has no namespace.`;
    throw new AutoDevOpsError('cluster.invalid', what, 'Name the object as the cluster has it.');
  }
  const place = served.namespaced && namespace !== '' ? `/namespaces/${segment(namespace, 'namespace')}` : '';
  const object = name === undefined ? '' : `/${segment(name, 'name')}`;
  return `${versionPath(served.apiVersion)}${place}/${served.plural}${object}${subresource === '' ? '' : `/${subresource}`}`;
}
