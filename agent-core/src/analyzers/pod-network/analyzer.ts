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
  pauseImage,
  pluginMissing,
  runtimeHandler,
  sandboxFailed,
} from './codes.ts';
import { checkSandboxes } from './sandboxes.ts';

export const podNetwork: Analyzer = {
  name: 'pod-network',
  kinds: ['Pod', 'Event', 'Node'],
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
  ],
  analyze: (snapshot) => [...checkAgents(snapshot), ...checkSandboxes(snapshot)],
};
