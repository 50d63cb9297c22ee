import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine, printable } from '@autodevops/domain/printable';
import { actsAgainst } from '../agent/acts-against.ts';
import { failureText } from '../language/failure-text.ts';
import { t } from '../language/translate.ts';
import { isFixable } from '../problems/problem-nodes.ts';
import type { WindowParts } from '../window-parts.ts';
import { markText } from './asking/marks.ts';
import type { LinkBook } from './links/link-book.ts';
import { linkedText } from './links/linked-text.ts';
import type { Standing } from './protocol/to-page.ts';
import type { Span } from './protocol/span.ts';
import type { CommandId } from '../contributions/commands.ts';

type Seen = Pick<WindowParts, 'clusters' | 'folderConfigs' | 'problems' | 'wanted' | 'folder' | 'local'>;

function command(links: LinkBook, text: string, id: CommandId): Span {
  return links.span(text, { type: 'command', command: id });
}

function against(error: AutoDevOpsError, links: LinkBook): Span[] {
  return actsAgainst(error).map(({ command: id, title }) => command(links, title, id));
}

function ask(links: LinkBook, question: string): Span {
  return links.span(question, { type: 'ask', question });
}

function withoutCluster({ folder, clusters, local }: Seen, links: LinkBook): Standing {
  const { problem } = clusters.state.value;
  const made = local.state.value;
  if (folder.trusted() && made.kind === 'working') {
    const says = made.says === '' ? made.doing : `${made.doing}: ${made.says}`;
    return { cluster: '', says: [{ text: printable(says) }], suggestions: [ask(links, '/help')] };
  }
  if (folder.trusted() && problem !== undefined) {
    return {
      cluster: '',
      says: [{ text: failureText(problem) }],
      suggestions: [...against(problem, links), ask(links, '/help')],
    };
  }
  const says = folder.trusted()
    ? t('There is no cluster yet. Start a local one, or take one that you have.')
    : t('This folder is not trusted: nothing is read from it, and nothing is run.');
  const acts = folder.trusted()
    ? [
        command(links, t('Start Local Cluster'), 'autodevops.local.start'),
        command(links, t('Switch Context'), 'autodevops.cluster.switch'),
        command(links, t('Diagnose Bundle'), 'autodevops.bundle.diagnose'),
      ]
    : [];
  return { cluster: '', says: [{ text: says }], suggestions: [...acts, ask(links, '/help')] };
}

function ofCluster(seen: Seen, links: LinkBook): Standing {
  const { chosen } = seen.clusters.state.value;
  if (chosen === undefined || !seen.folder.trusted()) return withoutCluster(seen, links);
  const cluster = oneLine(chosen.name, 100);
  const wanted = seen.wanted();
  if (wanted instanceof AutoDevOpsError) {
    return {
      cluster,
      says: [{ text: failureText(wanted) }],
      suggestions: [...against(wanted, links), ask(links, '/help')],
    };
  }
  const state = seen.problems.state.value;
  if (state.kind === 'failed') {
    return {
      cluster,
      says: [{ text: failureText(state.error) }],
      suggestions: against(state.error, links),
    };
  }
  if (!('diagnosis' in state)) {
    return {
      cluster,
      says: [{ text: t('Ask what is wrong with it, why, since when, and what to do.') }],
      suggestions: [ask(links, '/diagnose'), ask(links, '/changes'), ask(links, '/help')],
    };
  }
  const { causes, summary } = state.diagnosis;
  const [first] = causes;
  if (first === undefined) {
    return {
      cluster,
      says: [{ text: printable(summary) }],
      suggestions: [
        ask(links, '/changes'),
        ask(links, 'what restarts most'),
        ask(links, '/policy'),
        ask(links, '/help'),
      ],
    };
  }
  const { kind, namespace, name } = first.object;
  const mark = markText({ type: 'object', object: { kind, namespace, name } });
  const fixable = causes.find(isFixable);
  const fixes =
    fixable === undefined
      ? []
      : [
          ask(
            links,
            `/fix ${markText({ type: 'object', object: { kind: fixable.object.kind, namespace: fixable.object.namespace, name: fixable.object.name } })}`,
          ),
        ];
  return {
    cluster,
    says: [...linkedText(oneLine(summary, 300), [first.object], links)],
    suggestions: [ask(links, '/diagnose'), ask(links, `/why ${mark}`), ...fixes, ask(links, '/changes')],
  };
}

/** How the window stands, and what a person would ask now. */
export function standingOf(seen: Seen, links: LinkBook): Standing {
  const standing = ofCluster(seen, links);
  const unread = seen.folderConfigs.state.value?.problem;
  if (unread === undefined || standing.cluster === '') return standing;
  return {
    ...standing,
    says: [
      ...standing.says,
      { text: ` ${failureText(unread)} ${t('Until then the cluster is read-only in this window.')}` },
    ],
    suggestions: [...against(unread, links), ...standing.suggestions],
  };
}
