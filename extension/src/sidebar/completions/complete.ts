import { oneLine, printable } from '@autodevops/domain/printable';
import { refText } from '@autodevops/domain/object-ref';
import { objectsOf } from '../../commands/choose-object.ts';
import { t } from '../../language/translate.ts';
import type { ProblemsState } from '../../problems/problems-feed.ts';
import type { ObjectName } from '../../tree/subject.ts';
import { markText } from '../asking/marks.ts';
import { sidebarCommandNames, sidebarCommands } from '../asking/sidebar-commands.ts';
import type { Surroundings } from '../asking/surroundings.ts';
import type { Completion } from '../protocol/to-page.ts';

const most = 20;
const withLogs = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job'];

function commandItems(text: string): readonly Completion[] {
  return sidebarCommandNames
    .filter((name) => name.startsWith(text.toLowerCase()))
    .map((name) => ({ insert: `/${name} `, label: `/${name}`, says: sidebarCommands[name] }));
}

function lookedItems({ file, selection }: Surroundings): readonly Completion[] {
  const [open, selected] = [file(), selection()];
  return [
    ...(open === undefined ? [] : [{ insert: '#file ', label: '#file', says: oneLine(open.name, 100) }]),
    ...(selected === undefined
      ? []
      : [{ insert: '#selection ', label: '#selection', says: oneLine(selected.name, 100) }]),
    { insert: '#terminal ', label: '#terminal', says: t('what is selected in the terminal') },
  ];
}

function objectItem(object: ObjectName, type: 'object' | 'log'): Completion {
  const text = markText({ type, object });
  return {
    insert: `${text} `,
    label: printable(text),
    says: type === 'log' ? t('the log of {0}', oneLine(refText(object), 100)) : oneLine(refText(object), 100),
  };
}

function objectItems(problems: ProblemsState): readonly Completion[] {
  const objects = 'diagnosis' in problems ? objectsOf(problems.diagnosis) : [];
  return [
    ...objects.map((object) => objectItem(object, 'object')),
    ...objects.filter(({ kind }) => withLogs.includes(kind)).map((object) => objectItem(object, 'log')),
  ];
}

/** What may follow a mark that is being written. */
export async function completionsFor(
  mark: '/' | '#',
  text: string,
  { surroundings, problems }: { readonly surroundings: Surroundings; readonly problems: ProblemsState },
): Promise<readonly Completion[]> {
  if (mark === '/') return commandItems(text);
  const letters = text.toLowerCase();
  const known = [...lookedItems(surroundings), ...objectItems(problems)]
    .filter(({ label }) => label.slice(1).toLowerCase().includes(letters))
    .slice(0, most);
  if (known.length >= most) return known;
  const files = await surroundings.manifests(letters.replace(/^file:?/, ''));
  return [
    ...known,
    ...files
      .map((path) => markText({ type: 'file', path }))
      .map((written) => ({ insert: `${written} `, label: printable(written), says: t('a file of the folder') })),
  ].slice(0, most);
}
