import { counted } from '@autodevops/domain/count-words';
import { variablesOf } from '../../environment.ts';
import { refText } from '@autodevops/domain/object-ref';
import { workloadNamespaces, workloadTemplates } from '../../../reading/workloads/workload-templates.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { scopeWords } from '../../scope.ts';
import { templatesOf } from '../../templates-of.ts';

const most = 60;

/** Every workload that sets a variable, and from where. */
function whereSet(context: AskContext, name: string): Reply {
  const namespaces = context.namespace === undefined ? workloadNamespaces(context.snapshot) : [context.namespace];
  const rows = namespaces
    .flatMap((namespace) => workloadTemplates(context.snapshot, namespace))
    .flatMap((running) =>
      variablesOf(context.snapshot, [running])
        .filter((variable) => variable.name === name)
        .map(({ container, value, from }) => [refText(running.ref), container, value, from]),
    );
  if (rows.length === 0) return { headline: `No workload${scopeWords(context)} sets a variable ${name}.` };
  const [[who = '', , value = '', from = ''] = []] = rows;
  return {
    headline:
      rows.length === 1
        ? `${name} is set in ${who}: ${[value, from].filter((part) => part !== '').join(', ')}.`
        : `${name} is set in ${counted(rows.length, 'container')}.`,
    table: { columns: ['workload', 'container', 'value', 'from'], rows: rows.slice(0, most) },
  };
}

/** The environment variables of X, or one of them; values of Secrets are never read. */
export const environmentOf: Intent = {
  name: 'environment-of',
  example: 'show the environment of web',
  patterns: [
    /^(?:show(?: me)?|get|list|print|what (?:is|are)|give me)? ?(?:all )?(?:the )?(?:env|envs|environment|env(?:ironment)? ?var(?:iable)?s?|variables) (?:of|for|in) (?<object>.+)$/i,
    /^(?:which|what) (?:env|environment|env(?:ironment)? ?var(?:iable)?s?|variables) (?:does|do|has|have|are (?:set )?in) (?<object>.+?)(?: (?:have|use|set|get|need|take|want|see)s?)?$/i,
    /^(?:what is|show(?: me)?|get|print|where is) (?:the )?(?:value of )?(?:the )?(?:env(?:ironment)? ?(?:var(?:iable)?)? )?(?<variable>[A-Z][A-Z0-9_]{2,}) (?:set to )?(?:in|of|for|on) (?<object>.+)$/,
    /^(?:where is|who (?:uses|sets|has|reads|defines)|(?:which|what) \w+ (?:use|set|have|read|define)s?) (?:the )?(?:env(?:ironment)? ?)?(?:variable |var )?(?<everywhere>[A-Z][A-Z0-9_]{2,})(?: (?:defined|set|used|configured|from|coming from))?$/,
    /^(?<object>[\w./-]+) (?:env|environment|env(?:ironment)? ?var(?:iable)?s?)$/i,
  ],
  answer: (caught, context) => {
    if (caught('everywhere') !== '') return whereSet(context, caught('everywhere'));
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const names = namesOf(found.objects);
    const wanted = caught('variable');
    const variables = variablesOf(context.snapshot, templatesOf(context.snapshot, found.objects));
    const meant = wanted === '' ? variables : variables.filter(({ name }) => name === wanted);
    const objects = [...found.objects];
    const [only] = meant;
    if (only === undefined) {
      return {
        headline: wanted === '' ? `${names} sets no environment variable.` : `${names} sets no variable ${wanted}.`,
        objects,
      };
    }
    const rows = meant.slice(0, most).map(({ container, name, value, from }) => [container, name, value, from]);
    const table = { columns: ['container', 'variable', 'value', 'from'], rows };
    const lines = meant.length > most ? [`${meant.length - most} more are left out.`] : [];
    if (meant.length === 1) {
      return {
        headline: `${only.name} of ${names} is ${only.value === '' ? (only.from === '' ? 'empty' : only.from) : only.value}${only.value !== '' && only.from !== '' ? ` (${only.from})` : ''}.`,
        objects,
      };
    }
    return { headline: `${names}: ${counted(meant.length, 'variable')}.`, table, lines, objects };
  },
};
