import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { AskContext } from './intent.ts';
import { mentioned } from './naming/mentioned.ts';
import { about } from './question-about.ts';

/** What a question is about, by the words for it, and the plain question about an object or (without one) about all. */
interface Topic {
  /** A time in the question is kept. */
  readonly timed?: true;
  readonly words: RegExp;
  /** What may be said besides without asking more. */
  readonly besides?: RegExp;
  readonly of?: (object: string) => string;
  readonly all?: string;
}

const topics: readonly Topic[] = [
  { words: /\b(?:alerts?|alarms?|paged|pager|firing)\b/i, of: about.alerts, all: 'which alerts are firing' },
  { words: /\b(?:log|logs|log ?lines?|logfile|stack ?traces?|stderr|stdout)\b/i, of: about.logs },
  { words: /\b(?:events?|warnings?)\b/i, of: about.events, all: 'show the events', timed: true },
  {
    words: /\b(?:env|environment|env ?vars?|variables?)\b/i,
    besides: /\b(?:values?|names?|gets?|reads?)\b/gi,
    of: about.environment,
  },
  {
    words: /\bports?\b/i,
    besides: /\b(?:listen(?:s|ing)?|expos(?:e|es|ed|ing)|forward(?:s|ing)?|offer(?:s|ed)?|serv(?:e|es|ing)|open)\b/gi,
    of: about.ports,
  },
  {
    words:
      /\b(?:roll(?:ed)? ?back|rollbacks?|revisions?|history|undo|undone|revert\w*|compare|diff\w*|look(?:ed)? like)\b|\b(?:previous|old|older|earlier)\b.*\b(?:images?|versions?|tags?|releases?)\b/i,
    besides: /\b(?:can|could|releases?|rollouts?|deploys?|be|go|goes|back|safely|good)\b/gi,
    of: about.revisions,
  },
  { words: /\bhow long (?:until|till|before|to)\b/i, of: about.nextRun },
  {
    words: /\b(?:since when|how long|for how long|when did)\b/i,
    besides:
      /\b(?:fail(?:ing|ed)?|down|broken?|crash(?:ing|ed|looping)?|not ready|unhealthy|pending|stuck|unavailable|trouble|go|went|start(?:ed)?|begin|began|pods?|been|gone)\b/gi,
    of: about.since,
  },
  {
    words: /\bwho\b.*\b(?:chang\w*|deploy\w*|touch\w*|edit\w*|roll\w*|updat\w*|did)\b/i,
    of: about.author,
    all: 'who changed anything',
  },
  {
    words: /\b(?:chang\w*|deployed|rollouts?|rolled out|updated?|released?)\b/i,
    of: about.changes,
    all: 'what changed',
    timed: true,
  },
  { words: /\b(?:weird|strange|odd|unusual|interesting|happen\w*|occurred)\b/i, all: 'what happened', timed: true },
  { words: /\b(?:ingress\w*|urls?|domains?|exposed|hostnames?|outside|internet)\b/i, of: about.routes },
  { words: /\b(?:images?|tags?|versions?)\b/i, of: about.images },
  { words: /\bevict\w*\b/i, all: 'which pods are evicted' },
  { words: /\boom\w*\b/i, all: 'which pods are oom killed' },
  { words: /\bimage ?pull\w*|\bpull ?errors?\b/i, all: 'which pods are waiting for an image' },
  { words: /\bcrash\w*\b/i, all: 'which pods are crashing' },
  { words: /\b(?:pending|unscheduled|unschedulable)\b/i, all: 'which pods are pending' },
  { words: /\brestart\w*\b/i, of: about.restarts, all: 'what restarts most' },
  { words: /\b(?:memory|cpu|ram|limits?|(?:resource|memory|cpu) requests?|resources)\b/i, of: about.limits },
  { words: /\b(?:size|big|large|capacity)\b/i, of: about.health },
  {
    words: /\bconfig\w*\b/i,
    besides: /\b(?:maps?|gets?|reads?|[A-Z][A-Z0-9_]{2,})\b/g,
    of: about.environment,
  },
  { words: /\b(?:next run|schedule|cron)\b/i, of: about.nextRun },
  { words: /\b(?:depend\w*|upstreams?|needs?)\b/i, of: about.dependencies },
  { words: /\b(?:callers?|clients?|talks?|calls?|consumers?|uses?|users?)\b/i, of: about.users },
  { words: /\b(?:nodes?|where|machines?)\b/i, of: about.place },
  {
    words: /\b(?:summary|summari[sz]e|overview|status|report|health|going on|outage|incident)\b/i,
    all: 'what is wrong',
  },
  { words: /\b(?:customers?|users|visitors|impact)\b/i, all: 'are users affected' },
];

/** What these ask for is judgement or knowledge from elsewhere: to guess at it would be worse than to say so. */
const beyond =
  /\b(?:should|would|could|better|best|recommend\w*|opinion|think|predict|forecast|will|cost\w*|price|cheap\w*|expensive|invoice|weather|write|generate|design|architect\w*|improve|optimi[sz]e|learn|teach|code|yaml|manifest|joke|least|fewest|enough)\b/i;

const timed = /\b(?:since|at|around|in the last|today|yesterday|last night|after|before|until|between) ?.*$/i;

/** Words that ask for nothing by themselves. */
const light =
  /^(?:an?|the|of|for|in|on|to|from|with|by|at|as|and|or|but|so|is|are|was|were|be|been|being|do|does|did|have|has|had|will|i|we|you|it|its|they|their|this|that|these|those|there|here|what|which|who|whom|whose|when|where|how|show|me|list|give|get|tell|see|find|look|print|check|all|any|some|each|every|else|also|still|currently|now|right|just|please|us|my|our|your|use|uses|used|using|run|runs|running|installed|deployed|set|defined|configured|exist|exists|latest|current|newest|pods?|deployments?|statefulsets?|daemonsets?|services?|app|apps|workloads?)$/i;

/** What a question says besides its topic, its object and its time: it would be left out of the answer. */
function unreadOf(text: string, topic: Topic, object: ObjectRef | undefined, time: string): string {
  const rest = [object?.name ?? '', time]
    .filter((known) => known !== '')
    .reduce((words, known) => words.replaceAll(known, ' '), text)
    .replace(topic.words, ' ')
    .replaceAll(topic.besides ?? /^$/g, ' ');
  return rest
    .split(/[\s,;:/]+/)
    .filter((word) => word !== '' && word !== object?.namespace && !light.test(word))
    .join(' ');
}

/** A plain question, and what of the words it leaves out. */
export interface AboutTopic {
  readonly plain: string;
  readonly unread: string;
}

/**
 * A plain question in the place of one that no intent knows: what it is about by its words, and the object that it names.
 * Undefined where nothing is known of it. With something `unread` it is not what was asked, and must not be told as if it
 * were.
 */
export function byTopic(text: string, context: AskContext): AboutTopic | undefined {
  if (beyond.test(text)) return undefined;
  const [object, other] = mentioned(context, text);
  if (object !== undefined && other !== undefined) return undefined;
  // A name says nothing of what is asked: "node-agent" is no node.
  const asked = object === undefined ? text : text.replaceAll(object.name, ' ');
  const topic = topics.find(
    ({ words, of, all }) => (object === undefined ? all : of) !== undefined && words.test(asked),
  );
  if (topic === undefined) return undefined;
  const where = context.namespace === undefined ? '' : ` in namespace ${context.namespace}`;
  const time = topic.timed === true ? (timed.exec(text)?.[0] ?? '') : '';
  const plain =
    object === undefined ? `${topic.all ?? ''}${time === '' ? '' : ` ${time}`}${where}` : topic.of?.(refText(object));
  return plain === undefined ? undefined : { plain, unread: unreadOf(text, topic, object, time) };
}
