import { remedy } from '@autodevops/domain/remedy/remedy';
import { measuresOf } from '../../../reading/measures/measures.ts';
import type { Intent } from '../../intent.ts';
import { mentioned } from '../../naming/mentioned.ts';
import { namesOf } from '../../naming/names.ts';
import { remedyLines } from '../../remedy-lines.ts';

/** What only metrics tell. */
const measured: readonly { readonly words: RegExp; readonly said: string }[] = [
  { words: /\b(?:p\d\d+|latenc(?:y|ies)|response times?)\b/i, said: 'how fast anything answers' },
  { words: /\b(?:error rates?|success rates?)\b/i, said: 'how many requests fail' },
  {
    words: /\b(?:throughput|request rates?|rps|qps|requests? per second|traffic|bandwidth)\b/i,
    said: 'how many requests there are',
  },
  { words: /\bthrottl\w*/i, said: 'what is held back at its CPU limit' },
  { words: /\bnoisy neighbou?rs?\b/i, said: 'what takes CPU and memory from others' },
  {
    words:
      /^how much (?:cpu|memory|ram|disk(?: space)?|storage|bandwidth) (?:does|do|is|are) .+ (?:use|using|used|consum\w+|taking|eat\w*)$|\b(?:eat(?:s|ing)?|hog(?:s|ging)?|tak(?:es|ing) up|burn(?:s|ing)?|us(?:es|ing) up) (?:up )?(?:all |the |so much |too much |most |of )*(?:cpu|memory|ram|disk)\b|\b(?:cpu|memory|ram|disk|resource)s? (?:usage|use|utili[sz]ation|consumption|load)\b|\busage\b|\b(?:uses?|using|consum\w+) (?:more |less |the most |most |how much |too much )*(?:cpu|memory|ram)\b|^top (?:pods?|nodes?)\b/i,
    said: 'what is really used of CPU and memory',
  },
];

/** Usage, latency, errors where nothing measured them: to tell limits or events in their place would be no answer. */
export const notMeasured: Intent = {
  name: 'not-measured',
  example: 'what is the cpu usage of web?',
  patterns: [/^(?!why )(?<text>.+)$/i],
  answer: (caught, context) => {
    const asked = measured.find(({ words }) => words.test(caught('text')));
    if (asked === undefined || measuresOf(context.snapshot).length > 0) return undefined;
    const objects = mentioned(context, caught('text'));
    const of = objects.length === 0 ? '' : ` of ${namesOf(objects)}`;
    return {
      outcome: 'not-seen',
      headline: `I cannot tell ${asked.said}${of}: no metrics were read.`,
      ...remedyLines([
        remedy`Name a Prometheus (${{ do: 'name-prometheus' }}), or put its answers into the record as metrics/*.json.`,
      ]),
      objects: [...objects],
      suggestions: objects.slice(0, 1).flatMap(({ name }) => [`is ${name} healthy`, `what are the limits of ${name}`]),
    };
  },
};
