import type { Intent } from '../intent.ts';
import { canDo } from './access/can-do.ts';
import { permissionsOf } from './access/permissions-of.ts';
import { secretValues } from './access/secret-values.ts';
import { whoCan } from './access/who-can.ts';
import { autoscalerRange } from './capacity/autoscaler-range.ts';
import { notMeasured } from './capacity/not-measured.ts';
import { quotaLeft } from './capacity/quota-left.ts';
import { resourcesOf } from './capacity/resources-of.ts';
import { roomForReplicas } from './capacity/room-for-replicas.ts';
import { roomLeft } from './capacity/room-left.ts';
import { safeTo } from './changes/safe-to.ts';
import { wishForChange } from './changes/wish-for-change.ts';
import { codeMeaning } from './conversation/code-meaning.ts';
import { smallTalk } from './conversation/small-talk.ts';
import { whatCanYouAnswer } from './conversation/what-can-you-answer.ts';
import { eventsOf } from './history/events-of.ts';
import { logsOfObject } from './history/logs-of.ts';
import { revisionsOf } from './history/revisions-of.ts';
import { timesOf } from './history/times-of.ts';
import { whatChanged } from './history/what-changed.ts';
import { whoChanged } from './history/who-changed.ts';
import { imagesThatFit } from './images/images-that-fit.ts';
import { images } from './images/images.ts';
import { cannotReach } from './network/cannot-reach.ts';
import { hosts } from './network/hosts.ts';
import { portsOf } from './network/ports-of.ts';
import { routesTo } from './network/routes-to.ts';
import { talksTo } from './network/talks-to.ts';
import { whatIsBehind } from './network/what-is-behind.ts';
import { canRunOn } from './nodes/can-run-on.ts';
import { drainBlocked } from './nodes/drain-blocked.ts';
import { nodeFacts } from './nodes/node-facts.ts';
import { nodeLoss } from './nodes/node-loss.ts';
import { whereRuns } from './nodes/where-runs.ts';
import { certificatesExpiring } from './objects/certificates-expiring.ts';
import { clusterFacts } from './objects/cluster-facts.ts';
import { comparison } from './objects/comparison.ts';
import { distinctValues } from './objects/distinct-values.ts';
import { environmentOf } from './objects/environment-of.ts';
import { fieldOf } from './objects/field-of.ts';
import { isDefault } from './objects/is-default.ts';
import { objectByName } from './objects/object-by-name.ts';
import { objectFits } from './objects/object-fits.ts';
import { objectsThatFit } from './objects/objects-that-fit.ts';
import { ownerOf } from './objects/owner-of.ts';
import { unusedObjects } from './objects/unused-objects.ts';
import { usersOfObject } from './objects/users-of.ts';
import { whatRunsHere } from './objects/what-runs-here.ts';
import { alertsFiring } from './trouble/alerts-firing.ts';
import { howItServes } from './trouble/how-it-serves.ts';
import { isHealthy } from './trouble/is-healthy.ts';
import { isTheCause } from './trouble/is-the-cause.ts';
import { namespaceProblems } from './trouble/namespace-problems.ts';
import { restarts } from './trouble/restarts.ts';
import { troubleWithMentioned } from './trouble/trouble-with-mentioned.ts';
import { whatFirst } from './trouble/what-first.ts';
import { whatIsAffected } from './trouble/what-is-affected.ts';
import { whatIsWrong } from './trouble/what-is-wrong.ts';
import { whyFailing } from './trouble/why-failing.ts';

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
