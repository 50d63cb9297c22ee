import type { Intent } from '../intent.ts';
import { alertsFiring } from './alerts-firing.ts';
import { cannotReach } from './cannot-reach.ts';
import { certificatesExpiring } from './certificates-expiring.ts';
import { clusterFacts } from './cluster-facts.ts';
import { codeMeaning } from './code-meaning.ts';
import { countAndList } from './count-and-list.ts';
import { drainBlocked } from './drain-blocked.ts';
import { environmentOf } from './environment-of.ts';
import { eventsOf } from './events-of.ts';
import { hasSetting } from './has-setting.ts';
import { howItServes } from './how-it-serves.ts';
import { images } from './images.ts';
import { isHealthy } from './is-healthy.ts';
import { isInState } from './is-in-state.ts';
import { logsOfObject } from './logs-of.ts';
import { nodeFacts } from './node-facts.ts';
import { nodeLoss } from './node-loss.ts';
import { nodeStates } from './node-states.ts';
import { objectByName } from './object-by-name.ts';
import { objectsInState } from './objects-in-state.ts';
import { podsNotReady } from './pods-not-ready.ts';
import { portsOf } from './ports-of.ts';
import { resourcesOf } from './resources-of.ts';
import { restarts } from './restarts.ts';
import { revisionsOf } from './revisions-of.ts';
import { roomLeft } from './room-left.ts';
import { routesTo } from './routes-to.ts';
import { safeTo } from './safe-to.ts';
import { secretValues } from './secret-values.ts';
import { smallTalk } from './small-talk.ts';
import { talksTo } from './talks-to.ts';
import { timesOf } from './times-of.ts';
import { troubleWithMentioned } from './trouble-with-mentioned.ts';
import { unusedObjects } from './unused-objects.ts';
import { usersOfObject } from './users-of.ts';
import { whatCanYouAnswer } from './what-can-you-answer.ts';
import { whatChanged } from './what-changed.ts';
import { whatFirst } from './what-first.ts';
import { whatIsAffected } from './what-is-affected.ts';
import { whatIsWrong } from './what-is-wrong.ts';
import { whatRunsHere } from './what-runs-here.ts';
import { whereRuns } from './where-runs.ts';
import { whoChanged } from './who-changed.ts';
import { whyFailing } from './why-failing.ts';
import { wishForChange } from './wish-for-change.ts';
import { workloadsWithout } from './workloads-without.ts';

/** Every intent, in the order in which they are tried: the narrow ones first. A test compares it with the folder. */
export const intents: readonly Intent[] = [
  whatCanYouAnswer,
  smallTalk,
  wishForChange,
  safeTo,
  whatFirst,
  whatIsAffected,
  alertsFiring,
  whatRunsHere,
  whatIsWrong,
  codeMeaning,
  certificatesExpiring,
  secretValues,
  environmentOf,
  hasSetting,
  roomLeft,
  resourcesOf,
  portsOf,
  logsOfObject,
  eventsOf,
  revisionsOf,
  whoChanged,
  timesOf,
  nodeLoss,
  drainBlocked,
  cannotReach,
  howItServes,
  whyFailing,
  restarts,
  nodeFacts,
  clusterFacts,
  workloadsWithout,
  images,
  nodeStates,
  routesTo,
  whereRuns,
  unusedObjects,
  usersOfObject,
  talksTo,
  podsNotReady,
  isInState,
  objectsInState,
  whatChanged,
  isHealthy,
  countAndList,
  objectByName,
  troubleWithMentioned,
];
