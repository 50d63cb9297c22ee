import type { Analyzer } from '../analyzer.ts';
import { checkAgents } from './agents.ts';
import {
  accessRefused,
  agentDown,
  apiUnreachable,
  agentFailing,
  bridgeAddress,
  kubeProxyFailing,
  networkNotReady,
  noAddress,
  nodeStartsNothing,
  pauseImage,
  pluginMissing,
  runtimeHandler,
  sandboxFailed,
  sandboxesRemade,
} from './codes.ts';
import { checkRemade } from './remade.ts';
import { checkSandboxes } from './sandboxes.ts';

export const podNetwork: Analyzer = {
  name: 'pod-network',
  codes: [
    noAddress,
    pluginMissing,
    bridgeAddress,
    agentDown,
    accessRefused,
    apiUnreachable,
    networkNotReady,
    pauseImage,
    runtimeHandler,
    sandboxFailed,
    kubeProxyFailing,
    agentFailing,
    nodeStartsNothing,
    sandboxesRemade,
  ],
  analyze: (snapshot) => [...checkAgents(snapshot), ...checkSandboxes(snapshot), ...checkRemade(snapshot)],
};
