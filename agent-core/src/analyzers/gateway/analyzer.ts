import type { Analyzer } from '../analyzer.ts';
import {
  classMissing,
  classNotAccepted,
  gatewayNotServed,
  listenerNotReady,
  parentMissing,
  routeBackendMissing,
  routeBackendPort,
  routeNotAccepted,
  routeNotPermitted,
} from './codes.ts';
import { checkGateways } from './gateways.ts';
import { checkRoutes } from './routes.ts';

export const gateway: Analyzer = {
  name: 'gateway',
  codes: [
    classMissing,
    classNotAccepted,
    gatewayNotServed,
    listenerNotReady,
    parentMissing,
    routeNotAccepted,
    routeBackendMissing,
    routeBackendPort,
    routeNotPermitted,
  ],
  analyze: (snapshot) => [...checkGateways(snapshot), ...checkRoutes(snapshot)],
};
