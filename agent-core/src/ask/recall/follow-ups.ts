import { about } from '../question-about.ts';

/** A way to ask on without naming anything; `ask` puts the object's words in. */
export interface FollowUp {
  readonly pattern: RegExp;
  readonly ask: (object: string) => string;
  /** The same about everything that was asked about before; absent: only an object can be meant. */
  readonly askScope?: (where: string) => string;
  /** It can be asked of several objects at once. */
  readonly takesSeveral?: true;
  /** What was wrong before is compared with what is wrong now. */
  readonly compares?: true;
}

const lead =
  '(?:(?:what|how) about|show(?: me)?|give me|tell me(?: about)?|list|what (?:is|are|do|does)|where (?:is|are)|who (?:is|are)|get|print)';
const owner = '(?:its|their|his|her)';

/** "its logs", "what about its logs", "what about the logs", "show me the logs". */
function belonging(nouns: string): RegExp {
  return new RegExp(
    `^(?:${lead} )?(?:${owner} (?:own )?(?:${nouns})|${lead} (?:the |that )?(?:${nouns}))(?: (?:say|show|look like|saying|now))?$`,
    'i',
  );
}

/** Questions that lean on the one before, the narrow ones first. Tried on the plain question (`plainQuestion`). */
export const followUps: readonly FollowUp[] = [
  {
    pattern:
      /^(?:but )?(?:why|how come|how so|because of what)(?: (?:is|was|does|did|has))?(?: (?:it|that|this|they))?(?: (?:so|not|though|then|happen(?:ed|ing)?|the case))?$/i,
    ask: about.why,
    takesSeveral: true,
  },
  {
    pattern:
      /^what(?: is|s|'s| are)? (?:the |its |their )?(?:root )?(?:causes?|reasons?)(?: (?:of|for|behind) (?:it|that|this))?$|^what (?:causes?|caused|is causing) (?:it|that|this)$/i,
    ask: about.why,
  },
  { pattern: belonging('(?:root )?(?:causes?|reasons?)'), ask: about.why },
  {
    pattern:
      /^(?:and )?(?:(?:how|what) about )?now$|^(?:is|are) (?:it|that|this|they) (?:any )?(?:still )?(?:better|ok|okay|fixed|healthy|working|up|fine|good|solved|resolved|back|gone|recovered|over|broken|failing|down|unhealthy|crashing|so|the same|bad)(?: (?:now|again|yet|by now))*$|^(?:is there )?any (?:better|change|improvement|progress|news)(?: (?:now|yet))?$|^(?:better|still|fixed|solved|recovered)(?: (?:now|yet|broken|failing|down|so|the same))*$|^(?:did|has|have) (?:it|that|this|they) (?:help|helped|work|worked|recover|recovered|gone away|go away|changed?|improved?|got better|get better)(?: (?:now|yet|since))?$/i,
    ask: about.health,
    askScope: (where) => `what is wrong${where}`,
    compares: true,
    takesSeveral: true,
  },
  {
    pattern:
      /^(?:since when|for how long|how long|when did (?:it|this|that|they) (?:start|begin|happen|break|go down|fail))(?: (?:is|has|was) (?:it|this|that))?(?: (?:been )?(?:so|down|broken|failing|like (?:this|that)))?$/i,
    ask: about.since,
  },
  { pattern: /^who (?:did|was|has done|changed|made|broke) (?:it|that|this)(?: change)?$/i, ask: about.author },
  { pattern: /^(?:can|could) (?:it|this|that) be (?:rolled back|undone|reverted)$/i, ask: about.revisions },
  { pattern: /^how (?:do|can|could) (?:i|we) (?:fix|repair|solve|resolve) (?:it|this|that)$/i, ask: about.repair },
  { pattern: belonging('(?:recent )?(?:events?|warnings?)'), ask: about.events },
  { pattern: belonging('(?:env\\w*|(?:environment )?variables?)'), ask: about.environment },
  { pattern: belonging('(?:memory |cpu )?(?:limits?|requests?|resources)'), ask: about.limits },
  { pattern: belonging('ports?'), ask: about.ports },
  { pattern: belonging('(?:ingress(?:es)?|urls?|hosts?|routes?)'), ask: about.routes },
  { pattern: belonging('(?:previous |last )?(?:revisions?|history)'), ask: about.revisions },
  { pattern: belonging('(?:previous |last |own )?(?:logs?|log lines|output)'), ask: about.logs },
  { pattern: belonging('(?:container )?(?:images?|versions?|tags?)'), ask: about.images },
  {
    pattern: belonging('(?:last |recent |latest )?(?:changes?|history|rollouts?)'),
    ask: about.changes,
    askScope: (where) => `what changed${where}`,
  },
  { pattern: belonging('(?:users?|callers?|consumers?|dependents?|clients?)'), ask: about.users },
  { pattern: belonging('(?:dependenc(?:y|ies)|upstreams?)'), ask: about.dependencies },
  { pattern: belonging('(?:nodes?|place|machines?)'), ask: about.place },
  { pattern: belonging('restarts?(?: count)?'), ask: about.restarts },
  {
    pattern: belonging('(?:status|state|health|pods?|replicas?|condition)'),
    ask: about.health,
    askScope: (where) => `what is wrong${where}`,
  },
];

/** The question of an intent about another object: "and db?" after "why is api failing?". */
export const intentQuestions: Readonly<Record<string, (object: string) => string>> = {
  'why-failing': about.why,
  'is-healthy': about.health,
  'users-of': about.users,
  'talks-to': about.callers,
  'where-runs': about.place,
  'what-changed': about.changes,
  'logs-of': about.logs,
  images: about.images,
  restarts: about.restarts,
  'resources-of': about.limits,
  'environment-of': about.environment,
  'ports-of': about.ports,
  'events-of': about.events,
  'revisions-of': about.revisions,
  'who-changed': about.author,
  'routes-to': about.routes,
  'times-of': about.since,
  'node-loss': about.loss,
};
