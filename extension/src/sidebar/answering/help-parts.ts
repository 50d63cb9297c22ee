import { t } from '../../language/translate.ts';
import { sidebarCommandNames, sidebarCommands } from '../asking/sidebar-commands.ts';
import type { LinkBook } from '../links/link-book.ts';
import type { Part } from '../protocol/part.ts';

/** What can be asked, by name and in plain words. */
export function helpParts(links: LinkBook): readonly Part[] {
  const marks: readonly (readonly [string, string])[] = [
    ['#Deployment/shop/web', t('an object of the cluster')],
    ['#log:Pod/shop/web-1', t('what a log says')],
    ['#file', t('the file that is open, or another one: #file:deploy/web.yaml')],
    ['#selection', t('what is selected in the editor')],
    ['#terminal', t('what is selected in the terminal')],
  ];
  return [
    {
      id: 'headline',
      kind: 'says',
      tone: 'headline',
      lines: [[{ text: t('Ask in plain words, by a command, or both. No language model is needed.') }]],
    },
    {
      id: 'commands',
      kind: 'table',
      title: t('Commands'),
      columns: [t('command'), t('what it does')],
      rows: sidebarCommandNames.map((name) => [
        [links.span(`/${name}`, { type: 'ask', question: `/${name}` })],
        [{ text: sidebarCommands[name] }],
      ]),
      left: 0,
    },
    {
      id: 'marks',
      kind: 'table',
      title: t('What a question is about'),
      columns: [t('written'), t('meaning')],
      rows: marks.map(([written, says]) => [[{ text: written }], [{ text: says }]]),
      left: 0,
    },
    {
      id: 'examples',
      kind: 'choices',
      title: t('For example'),
      choices: ['what is wrong', 'what changed in the last hour', 'which pods are not ready', 'what restarts most'].map(
        (question) => links.span(question, { type: 'ask', question }),
      ),
    },
  ];
}
