import type { Analyzer } from '../analyzer.ts';
import { middlewareMissing, serviceMissing } from './codes.ts';
import { checkMiddlewares } from './middlewares.ts';
import { checkServices } from './services.ts';

/** Routes that Traefik leaves out or that lead nowhere, which it tells in its log only. */
export const traefik: Analyzer = {
  name: 'traefik',
  codes: [middlewareMissing, serviceMissing],
  analyze: (snapshot) => [...checkMiddlewares(snapshot), ...checkServices(snapshot)],
};
