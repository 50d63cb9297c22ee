import type { Analyzer } from '../analyzer.ts';
import {
  credentialMissing,
  gatewayMissing,
  hostMissing,
  rulesMissing,
  strictForPlain,
  subsetEmpty,
  subsetMissing,
} from './codes.ts';
import { checkGateways } from './gateways.ts';
import { checkMutualTls } from './mutual-tls.ts';
import { checkVirtualServices } from './routes.ts';
import { checkSidecarRules } from './sidecar-rules.ts';

/** Rules of Istio that send requests nowhere, that shut clients out, or that a pod lacks. */
export const istio: Analyzer = {
  name: 'istio',
  codes: [hostMissing, subsetMissing, subsetEmpty, strictForPlain, rulesMissing, gatewayMissing, credentialMissing],
  analyze: (snapshot) => [
    ...checkVirtualServices(snapshot),
    ...checkGateways(snapshot),
    ...checkMutualTls(snapshot),
    ...checkSidecarRules(snapshot),
  ],
};
