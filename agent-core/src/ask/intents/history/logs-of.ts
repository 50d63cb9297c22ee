import { counted } from '@autodevops/domain/count-words';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { ContainerLog } from '@autodevops/domain/snapshot';
import { podsOf } from '../../entrances.ts';
import { namesOf } from '../../naming/names.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';

const mostLogs = 4;
const mostLines = 8;
const longestLine = 400;

function logsOf({ snapshot }: AskContext, pods: readonly Pod[]): readonly ContainerLog[] {
  return pods
    .flatMap(({ metadata: { namespace, name }, spec }) =>
      [...spec.initContainers, ...spec.containers].flatMap((container) =>
        [false, true].flatMap((previous) => snapshot.log(namespace, name, container.name, previous) ?? []),
      ),
    )
    .filter(({ text }) => text.trim() !== '');
}

function linesOf({ namespace, pod, container, previous, text }: ContainerLog): readonly string[] {
  const last = redact(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-mostLines);
  return [
    `${namespace}/${pod}, container ${container}${previous ? ', before it was restarted' : ''}:`,
    ...last.map((line) => `  ${oneLine(line, longestLine)}`),
  ];
}

function replyOf(context: AskContext, pods: readonly Pod[], names: string): Reply {
  const logs = logsOf(context, pods);
  const [pod] = pods;
  if (pod === undefined) return { headline: `No pod of ${names} is there, so there is no log.` };
  if (logs.length === 0) {
    return {
      outcome: 'not-seen',
      headline: `I have read no log of ${names}: I read logs only where a finding points at them.`,
      lines: [`To read one yourself: kubectl logs -n ${pod.metadata.namespace} ${pod.metadata.name}`],
    };
  }
  const left = logs.length > mostLogs ? [`${logs.length - mostLogs} more logs were read.`] : [];
  return {
    headline: `The last lines of ${counted(logs.length, 'log')} of ${names}.`,
    lines: [...logs.slice(0, mostLogs).flatMap(linesOf), ...left],
  };
}

/** What the pods of X wrote, as far as it was read. */
export const logsOfObject: Intent = {
  name: 'logs-of',
  example: 'show the logs of web',
  patterns: [
    /^(?:(?:show|get|print|list|give|read|tail|see|display)(?: me)?|what (?:is|are) in|what (?:do|does))? ?(?:the )?(?:last |latest |previous |recent )?(?:log|logs|log lines|output) (?:of|for|from) (?<object>.+?)(?: (?:say|show))?$/i,
    /^(?:(?:are|is) there |show(?: me)? |do you see )?(?:any |the )?(?:errors?|exceptions?|warnings?|problems?|anything|something)(?: \w+)? in (?:the )?(?:logs? (?:of|from|for) (?<of>.+)|(?<object>[\w./-]+) logs?)$/i,
    /^what (?:does|do|did) (?<object>.+?) (?:log|write|print|output)(?: (?:out|to its log))?$/i,
    /^logs? (?<object>\S+(?: \S+)?)$/i,
    /^(?:(?:show|get|print|list|give|read|tail|see|display)(?: me)?|what (?:is|are) in)? ?(?:the )?(?:last |latest |previous |recent )?(?<object>[\w./-]+(?: [\w./-]+)?) (?:logs?|log lines|output)$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object') === '' ? caught('of') : caught('object'));
    if ('reply' in found) return found.reply;
    const pods = found.objects.flatMap((ref) => podsOf(context.snapshot, ref));
    return { ...replyOf(context, pods, namesOf(found.objects)), objects: [...found.objects] };
  },
};
