import { kindsIn } from '../fields/asked-kinds.ts';

/** A way to ask for objects, and the plainer words that mean the same: applied one after the other. */
const phrasings: readonly (readonly [RegExp, string])[] = [
  // "How old is the oldest pod"
  [/^how old (?:is|are) (?:the )?(?=(?:oldest|newest|youngest) )/i, 'what is the '],
  // "Which node runs most of the web pods"
  [/^(?:which|what) (node|namespace) (?:runs|has|holds) most of (?:the )?(\S+) pods$/i, 'number of pods of $2 per $1'],
  // "Do my pods have limits": all of them
  [
    /^(do|are|have) (?:the |my |our )?(?=(?:pods|containers|workloads|deployments|stateful ?sets|daemon ?sets|services|nodes|jobs|cron ?jobs|claims|pvcs|namespaces)(?![\w-]))/i,
    '$1 all ',
  ],
  // "How do I find pods that are stuck"
  [
    /^how (?:(?:do|can|could|would|should) (?:i|we|you|one)|to) (?:find|list|see|show|identify|check for|look up|spot) (?:out )?(?:all |any )?(?:of )?(?:the )?/i,
    'which ',
  ],
  // "Pods w/o limits"
  [/(?<![\w/])w\/o(?= )/gi, 'without'],
  [/(?<![\w/])w\/ ?(?=\w)/gi, 'with '],
  [/(?<![\w-])(?:fully|completely|properly|correctly) /gi, ''],
  [/ :latest\b/gi, ' unpinned'],
  // "Break pods down by phase"
  [/^(?:break|split|group)(?: down)? (.+?)(?: down| up)? by /i, '$1 by '],
  // "Ratio of ready to total pods"
  [/\bratio of (.+?) (?:to|vs\.?|versus|over|against) (?:total|all) (?:the )?(\w+)/i, 'share of $2 $1'],
  [/\bhost ?path volumes?\b/gi, 'a host path'],
  // "Pods that mount a persistent volume": also one that waits for its volume.
  [
    /\b(mount(?:s|ing)?|uses?|using|with|have|has) ((?:an? |any )?)persistent (?:volumes?|storage|disks?)(?! claim)\b/gi,
    '$1 $2persistent volume claim',
  ],
  // "Load balancers without an address"
  [/\bload ?balancers\b/gi, 'services of type LoadBalancer'],
  // "Pods that have been up the longest"
  [
    /\b((?:pods?|nodes?|deployments?|services?|workloads?)) (?:that |which )?(?:have |has |are |is )?(?:been )?(?:up|running|alive) (?:for )?(?:the )?longest$/i,
    'oldest $1',
  ],
  // "What is configured with LOG_LEVEL"
  [
    /^(?:what|who) (?:is configured with|uses|reads|has|sets|gets|takes) (?:the )?(?:variable )?(?=[A-Z][A-Z0-9_]{2,}$)/,
    'which workloads with ',
  ],
  // "Nodes that run both web and api"
  [/\b(?:run|runs|running|have|has|with|host|hosts) both (\S+) and (\S+)$/i, 'belonging to $1 and belonging to $2'],
  // "Which rollouts are stuck"
  [
    /\brollouts? (?:that )?(?:are |is )?(?:still )?(stuck|hanging|blocked|failing|failed|unfinished|incomplete|running|ongoing|in progress|not (?:complete|finished|done|through))\b/i,
    'deployments with an unfinished rollout',
  ],
  // "What pod is 10.0.0.7"
  [
    /^(?:what|which|who) (?:(pods?|services?|nodes?|svc) )?(?:is|has|owns|uses) (?:the )?(?:ip )?(?:address )?(\d+\.\d+\.\d+\.\d+)$/i,
    'which $1 with ip $2',
  ],
  // "How many pods does shop have"
  [/^(how many|which|what) ([a-z ]+?) (?:does|do) (?:the )?([\w-]+)(?: namespace)? have$/i, '$1 $2 of $3'],
  // "Compare the number of pods in shop and billing"
  [/^compare (?:the )?(?:number|count) of (.+? in .+)$/i, 'number of $1 by namespace'],
  // "Which namespace requests the most memory"
  [
    /^(?:which|what) (namespace|node) (?:requests?|asks for|reserves?|has requested) the most (memory|cpu)$/i,
    'total $2 request by $1',
  ],
  // "Are we running anything from docker.io"
  [
    /^(?:do|does|are|is) (?:we|i|you|anyone) (?:still )?(?:run|running|use|using|have|having) (?:any ?thing|something|any) (?=from|with|that|on|of|in)/i,
    'are there pods ',
  ],
  // "Do we use latest anywhere", "is there anything that runs as root"
  [
    /^(?:do|does|did|is|are|was|has|have) (?:there )?(?:(?:we|i|you)(?! have)|any ?thing|any ?body|any ?one|something|somebody|someone)(?: (?:that|which|who))? (?:still |currently )*/i,
    'are there pods ',
  ],
  [/\bneither (.+?) nor (.+)$/i, 'not $1 and not $2'],
  [/^how many (?:cpus?|cores) (?=are|is|do|does)/i, 'how much cpu '],
  [
    /^(?:which|what) (pods?|containers?) (?:has|have|is|was|were|had) (?:been )?restarted (?:the )?most(?: often)?$/i,
    'top 1 pods by restarts',
  ],
  // "Did any pod restart", "was there an evicted pod"
  [/^(?:did|was|were) (?:there )?(?:any|an?) /i, 'are there '],
  [/\brun(?:s|ning)? as (?:the )?root\b/gi, 'with root'],
  // "Single points of failure"
  [/\bsingle points? of failure\b/i, 'workloads with one replica'],
  // "What listens on port 80"
  [/^are there pods listen/i, 'are there servers listen'],
  [/^(?:(?:which|what|who) )?(?=listen(?:s|ing)? )/i, 'which servers '],
  [/ listen(?:s|ing)?(?: on)?(?: the)?(?: ports?)? (\d+)/i, ' with port $1'],
  // "Which service does db-0 belong to"
  [
    /^(which|what) ((?:network polic(?:y|ies)|pod disruption budgets?|services?|svc|namespaces?|ns|ingress(?:es)?|pdbs?|hpas?|autoscalers?|pvcs?|claims?)) (?:does|do|is|are) (?:the )?(?:pod |deployment )?(\S+) (?:belong to|live in|living in|part of|in|behind|guarded by|scaled by|exposed by|use|bound to)$/i,
    '$1 $2 for $3',
  ],
  // "Which pods does the db service select"
  [
    /^(which|what) ([a-z ]+?) (?:does|do) (.+?) (?:select|match|target|serve|route to|lead to|scale|guard|protect|cover|own|manage|control)$/i,
    '$1 $2 of $3',
  ],
  // "Which config map does web read"
  [
    /^(which|what) (config ?maps?|secrets?|volumes?|claims?|pvcs?|service ?accounts?) (?:does|do) (?:the )?(\S+) (?:use|read|mount|need|reference|write to|store its data on)$/i,
    '$1 $2 of $3',
  ],
];

/** What happens to pods, named as a thing: "evictions" are evicted pods. */
const happenings: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w-])(?:an? )?(?:recent )?evictions?$/i, 'evicted pods'],
  [/(?<![\w-])(?:an? )?(?:recent )?(?:oom ?-?kill(?:s|ed|ing)?|ooms?)$/i, 'pods killed for memory'],
  [/(?<![\w-])(?:in )?(?:an? )?crash(?:es|ing)?(?: ?-?loop(?:s|ing)?)?(?: ?-?back ?-?offs?)?$/i, 'crashing pods'],
  [
    /(?<![\w-])(?:an? )?(?:err ?)?image ?-?pull(?: ?-?back ?-?offs?| errors?| failures?)?$|(?<![\w-])pull errors?$/i,
    'pods waiting for an image',
  ],
];
const asksWhether = /^(?:any|are there|is there|show(?: me)?|list|how many)\b/i;

/** A question for objects in the words that the grammar has for it; any other question as it is. */
export function plainlyPut(question: string): string {
  const text = phrasings.reduce((words, [pattern, plain]) => words.replace(pattern, plain), question);
  if (!asksWhether.test(text)) return text;
  const [kind] = kindsIn(text);
  // "Are there pods oom" has its kind; "any ooms" has none.
  if (kind !== undefined) return text;
  return happenings.reduce((words, [pattern, plain]) => words.replace(pattern, plain), text);
}
