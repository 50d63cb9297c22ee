/** A way to ask on without naming anything; `ask` puts the object's words in. */
export interface FollowUp {
  readonly pattern: RegExp;
  readonly ask: (object: string) => string;
  /** The same about everything that was asked about before; absent: only an object can be meant. */
  readonly askScope?: (where: string) => string;
  /** What was wrong before is compared with what is wrong now. */
  readonly compares?: true;
}

const lead = '(?:(?:what|how) about|show(?: me)?|give me|tell me(?: about)?|list|what (?:is|are|do|does)|where (?:is|are)|who (?:is|are)|get|print)';
const owner = '(?:its|their|his|her)';

/** "its logs", "what about its logs", "what about the logs", "show me the logs". */
function belonging(nouns: string): RegExp {
  return new RegExp(`^(?:${lead} )?(?:${owner} (?:own )?(?:${nouns})|${lead} (?:the |that )?(?:${nouns}))(?: (?:say|show|look like|saying|now))?$`, 'i');
}

const why = (object: string): string => `why is ${object} failing`;
const healthy = (object: string): string => `is ${object} healthy`;

/** Questions that lean on the one before, the narrow ones first. Tried on the plain question (`plainQuestion`). */
export const followUps: readonly FollowUp[] = [
  { pattern: /^(?:but )?(?:why|how come|how so|because of what)(?: (?:is|was|does|did|has))?(?: (?:it|that|this|they))?(?: (?:so|not|though|then|happen(?:ed|ing)?|the case))?$/i, ask: why },
  { pattern: /^what(?: is|s|'s| are)? (?:the |its |their )?(?:root )?(?:causes?|reasons?)(?: (?:of|for|behind) (?:it|that|this))?$|^what (?:causes?|caused|is causing) (?:it|that|this)$/i, ask: why },
  { pattern: belonging('(?:root )?(?:causes?|reasons?)'), ask: why },
  {
    pattern: /^(?:and )?(?:(?:how|what) about )?now$|^(?:is|are) (?:it|that|this|they) (?:any )?(?:still )?(?:better|ok|okay|fixed|healthy|working|up|fine|good|solved|resolved|back|gone|recovered|over|broken|failing|down|unhealthy|crashing|so|the same|bad)(?: (?:now|again|yet|by now))*$|^(?:is there )?any (?:better|change|improvement|progress|news)(?: (?:now|yet))?$|^(?:better|still|fixed|solved|recovered)(?: (?:now|yet|broken|failing|down|so|the same))*$|^(?:did|has|have) (?:it|that|this|they) (?:help|helped|work|worked|recover|recovered|gone away|go away|changed?|improved?|got better|get better)(?: (?:now|yet|since))?$/i,
    ask: healthy, askScope: (where) => `what is wrong${where}`, compares: true,
  },
  { pattern: belonging('(?:previous |last |own )?(?:logs?|log lines|output)'), ask: (object) => `show the logs of ${object}` },
  { pattern: belonging('(?:container )?(?:images?|versions?|tags?)'), ask: (object) => `which image does ${object} run` },
  { pattern: belonging('(?:last |recent |latest )?(?:changes?|history|rollouts?)'), ask: (object) => `what changed with ${object}`, askScope: (where) => `what changed${where}` },
  { pattern: belonging('(?:users?|callers?|consumers?|dependents?|clients?)'), ask: (object) => `who uses ${object}` },
  { pattern: belonging('(?:dependenc(?:y|ies)|upstreams?)'), ask: (object) => `what does ${object} talk to` },
  { pattern: belonging('(?:nodes?|place|machines?)'), ask: (object) => `where does ${object} run` },
  { pattern: belonging('restarts?(?: count)?'), ask: (object) => `how often did ${object} restart` },
  { pattern: belonging('(?:status|state|health|pods?|replicas?|condition)'), ask: healthy, askScope: (where) => `what is wrong${where}` },
];

/** The question of an intent about another object: "and db?" after "why is api failing?". */
export const intentQuestions: Readonly<Record<string, (object: string) => string>> = {
  'why-failing': why,
  'is-healthy': healthy,
  'users-of': (object) => `who uses ${object}`,
  'talks-to': (object) => `what talks to ${object}`,
  'where-runs': (object) => `where does ${object} run`,
  'what-changed': (object) => `what changed with ${object}`,
  'logs-of': (object) => `show the logs of ${object}`,
  images: (object) => `which image does ${object} run`,
  restarts: (object) => `how often did ${object} restart`,
  'node-loss': (object) => `what would be hit if ${object} goes`,
};
