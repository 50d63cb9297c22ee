import type { Intent } from '../intent.ts';
import { alertsFiring } from './alerts-firing.ts';
import { autoscalerRange } from './autoscaler-range.ts';
import { canDo } from './can-do.ts';
import { canRunOn } from './can-run-on.ts';
import { cannotReach } from './cannot-reach.ts';
import { certificatesExpiring } from './certificates-expiring.ts';
import { clusterFacts } from './cluster-facts.ts';
import { codeMeaning } from './code-meaning.ts';
import { comparison } from './comparison.ts';
import { distinctValues } from './distinct-values.ts';
import { drainBlocked } from './drain-blocked.ts';
import { environmentOf } from './environment-of.ts';
import { eventsOf } from './events-of.ts';
import { fieldOf } from './field-of.ts';
import { hosts } from './hosts.ts';
import { howItServes } from './how-it-serves.ts';
import { images } from './images.ts';
import { imagesThatFit } from './images-that-fit.ts';
import { isDefault } from './is-default.ts';
import { isHealthy } from './is-healthy.ts';
import { isTheCause } from './is-the-cause.ts';
import { logsOfObject } from './logs-of.ts';
import { namespaceProblems } from './namespace-problems.ts';
import { nodeFacts } from './node-facts.ts';
import { nodeLoss } from './node-loss.ts';
import { notMeasured } from './not-measured.ts';
import { objectByName } from './object-by-name.ts';
import { objectFits } from './object-fits.ts';
import { objectsThatFit } from './objects-that-fit.ts';
import { ownerOf } from './owner-of.ts';
import { permissionsOf } from './permissions-of.ts';
import { portsOf } from './ports-of.ts';
import { quotaLeft } from './quota-left.ts';
import { resourcesOf } from './resources-of.ts';
import { restarts } from './restarts.ts';
import { revisionsOf } from './revisions-of.ts';
import { roomForReplicas } from './room-for-replicas.ts';
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
import { whatIsBehind } from './what-is-behind.ts';
import { whatIsWrong } from './what-is-wrong.ts';
import { whatRunsHere } from './what-runs-here.ts';
import { whereRuns } from './where-runs.ts';
import { whoCan } from './who-can.ts';
import { whoChanged } from './who-changed.ts';
import { whyFailing } from './why-failing.ts';
import { wishForChange } from './wish-for-change.ts';

/** Every intent; the order says nothing. A test compares it with the folder. */
export const intents: readonly Intent[] = [
  alertsFiring,
  autoscalerRange,
  canDo,
  cannotReach,
  canRunOn,
  certificatesExpiring,
  clusterFacts,
  codeMeaning,
  comparison,
  distinctValues,
  drainBlocked,
  environmentOf,
  eventsOf,
  fieldOf,
  hosts,
  howItServes,
  images,
  imagesThatFit,
  isDefault,
  isHealthy,
  isTheCause,
  logsOfObject,
  namespaceProblems,
  nodeFacts,
  nodeLoss,
  notMeasured,
  objectByName,
  objectFits,
  objectsThatFit,
  ownerOf,
  permissionsOf,
  portsOf,
  quotaLeft,
  resourcesOf,
  restarts,
  revisionsOf,
  roomForReplicas,
  roomLeft,
  routesTo,
  safeTo,
  secretValues,
  smallTalk,
  talksTo,
  timesOf,
  troubleWithMentioned,
  unusedObjects,
  usersOfObject,
  whatCanYouAnswer,
  whatChanged,
  whatFirst,
  whatIsAffected,
  whatIsBehind,
  whatIsWrong,
  whatRunsHere,
  whereRuns,
  whoCan,
  whoChanged,
  whyFailing,
  wishForChange,
];
