import type { Analyzer } from '../analyzer.ts';
import { hostMissing, strictForPlain, subsetEmpty, subsetMissing } from './codes.ts';
import { checkMutualTls } from './mutual-tls.ts';
import { checkVirtualServices } from './routes.ts';

/** Rules of Istio that send requests nowhere, or that shut clients out. */
export const istio: Analyzer = {
  name: 'istio',
  kinds: ['Service', 'Pod', 'Namespace'],
  codes: [hostMissing, subsetMissing, subsetEmpty, strictForPlain],
  analyze: (snapshot) => [...checkVirtualServices(snapshot), ...checkMutualTls(snapshot)],
};
