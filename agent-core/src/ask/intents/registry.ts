import type { Intent } from '../intent.ts';
import { codeMeaning } from './code-meaning.ts';
import { countAndList } from './count-and-list.ts';
import { images } from './images.ts';
import { isHealthy } from './is-healthy.ts';
import { logsOfObject } from './logs-of.ts';
import { nodeLoss } from './node-loss.ts';
import { objectsInState } from './objects-in-state.ts';
import { nodeStates } from './node-states.ts';
import { podsNotReady } from './pods-not-ready.ts';
import { restarts } from './restarts.ts';
import { talksTo } from './talks-to.ts';
import { usersOfObject } from './users-of.ts';
import { whatCanYouAnswer } from './what-can-you-answer.ts';
import { whatChanged } from './what-changed.ts';
import { whatIsWrong } from './what-is-wrong.ts';
import { whereRuns } from './where-runs.ts';
import { whyFailing } from './why-failing.ts';

/** Every intent, in the order in which they are tried: the narrow ones first. A test compares it with the folder. */
export const intents: readonly Intent[] = [
  whatCanYouAnswer,
  whatIsWrong,
  codeMeaning,
  logsOfObject,
  nodeLoss,
  whyFailing,
  restarts,
  images,
  nodeStates,
  whereRuns,
  usersOfObject,
  talksTo,
  podsNotReady,
  objectsInState,
  whatChanged,
  isHealthy,
  countAndList,
];
