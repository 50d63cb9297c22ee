import type { ObjectName } from '../../tree/subject.ts';

/** What a question is about, as it is written in it: `#Deployment/shop/web`, `#Node/worker-1`, `#log:Pod/shop/web-1`, `#file:deploy/web.yaml`, `#file`, `#selection`, `#terminal`. */
export type Mark =
  | { readonly type: 'object' | 'log'; readonly object: ObjectName }
  | { readonly type: 'file'; /** In the folder; undefined: the one that is open. */ readonly path: string | undefined }
  | { readonly type: 'selection' | 'terminal' };

export interface Marked {
  readonly mark: Mark;
  readonly written: string;
  readonly index: number;
}

const written =
  /(?<![\w#])#(?:(?<what>selection|terminal)(?![\w:/])|file:(?<path>[^\s?#]+)|(?<open>file)(?![\w:/])|(?<log>log:)?(?<kind>[A-Z][A-Za-z]{1,60})\/(?:(?<namespace>[a-z0-9-]{1,63})\/|(?![a-z0-9.:-]*\/))(?<name>[a-z0-9](?:[a-z0-9.:-]{0,251}[a-z0-9])?))/g;

function markOf(groups: Readonly<Record<string, string | undefined>>): Mark {
  const { what, path, open, log, kind = '', namespace = '', name = '' } = groups;
  if (what === 'selection' || what === 'terminal') return { type: what };
  if (path !== undefined) return { type: 'file', path: path.replaceAll('%20', ' ') };
  if (open !== undefined) return { type: 'file', path: undefined };
  return { type: log === undefined ? 'object' : 'log', object: { kind, namespace, name } };
}

/** The marks of a question, in order. A `#` before anything else is a letter like any other. */
export function marksIn(text: string): readonly Marked[] {
  return [...text.matchAll(written)].map((found) => ({
    mark: markOf(found.groups ?? {}),
    written: found[0],
    index: found.index,
  }));
}

export function markText(mark: Mark): string {
  if (mark.type === 'file') return mark.path === undefined ? '#file' : `#file:${mark.path.replaceAll(' ', '%20')}`;
  if (!('object' in mark)) return `#${mark.type}`;
  const { kind, namespace, name } = mark.object;
  return `#${mark.type === 'log' ? 'log:' : ''}${[kind, namespace, name].filter((part) => part !== '').join('/')}`;
}
