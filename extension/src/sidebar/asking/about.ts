import { isAbsolute, relative, resolve } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import type { Folder } from '../../ports/folder.ts';
import type { ObjectName } from '../../tree/subject.ts';
import type { Mark, Marked } from './marks.ts';
import { objectsNamedIn } from './named-in-text.ts';
import type { LookedAt, Surroundings } from './surroundings.ts';

/** What a question is about, as far as it could be found out. */
export interface About {
  readonly marked: Marked;
  readonly objects: readonly ObjectName[];
  /** The text that was looked at; undefined for an object. */
  readonly looked: LookedAt | undefined;
}

export interface AboutParts {
  readonly surroundings: Surroundings;
  readonly folder: Folder;
  readonly diagnosis: () => Diagnosis | undefined;
  /** Where an object is that names no namespace. */
  readonly namespace: () => string;
}

const nothing = (): AutoDevOpsError =>
  new AutoDevOpsError(
    'usage',
    t('There is nothing to look at.'),
    t('Open a file, or select some text, and ask again.'),
  );

async function fileOf({ folder, surroundings }: AboutParts, path: string | undefined): Promise<LookedAt> {
  if (path === undefined) return surroundings.file() ?? raise(nothing());
  const root = folder.path();
  if (root === undefined || !folder.trusted()) {
    throw new AutoDevOpsError('usage', t('No folder that is trusted is open.'), t('Open one.'));
  }
  const whole = resolve(root, path);
  const inside = relative(root, whole);
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new AutoDevOpsError('usage', t('{0} is not in the folder.', oneLine(path, 100)), t('Name a file of it.'));
  }
  const text = await folder.read(whole);
  if (text === undefined) {
    throw new AutoDevOpsError('usage', t('There is no file {0}.', oneLine(path, 100)), t('Name one that is there.'));
  }
  return { name: path, text, path: whole, line: 1 };
}

function raise(error: AutoDevOpsError): never {
  throw error;
}

async function lookAt(parts: AboutParts, mark: Exclude<Mark, { readonly object: ObjectName }>): Promise<LookedAt> {
  if (mark.type === 'file') return await fileOf(parts, mark.path);
  const found = mark.type === 'selection' ? parts.surroundings.selection() : await parts.surroundings.terminal();
  return found ?? raise(nothing());
}

/** Finds out what the marks of a question are about. */
export async function aboutMarks(parts: AboutParts, marks: readonly Marked[]): Promise<readonly About[]> {
  const found: About[] = [];
  for (const marked of marks) {
    const { mark } = marked;
    if ('object' in mark) found.push({ marked, objects: [mark.object], looked: undefined });
    else {
      const looked = await lookAt(parts, mark);
      found.push({ marked, looked, objects: objectsNamedIn(looked.text, parts.diagnosis(), parts.namespace()) });
    }
  }
  return found;
}

/** The question in plain words, with `deployment/web` where a mark stood; the agent is told their namespace beside it. */
export function plainQuestion(words: string, about: readonly About[]): string {
  let text = words;
  for (const { marked, objects } of about.toReversed()) {
    const [object] = objects;
    const name = object === undefined ? '' : `${object.kind.toLowerCase()}/${object.name}`;
    text = `${text.slice(0, marked.index)}${name}${text.slice(marked.index + marked.written.length)}`;
  }
  return text.replaceAll(/\s+/g, ' ').trim();
}
