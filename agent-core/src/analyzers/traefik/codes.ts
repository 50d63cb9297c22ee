import type { CodeEntry } from '@autodevops/domain/finding';

export const middlewareMissing: CodeEntry = {
  code: 'traefik.middleware.missing',
  group: 'network',
  title: 'Route goes through a middleware that does not exist',
  severity: 'critical',
  means: 'Traefik leaves the whole route out: requests for its hosts and paths are answered with 404.',
  recognised:
    'An annotation `traefik.ingress.kubernetes.io/router.middlewares` of an Ingress, or a route of an IngressRoute, names a Middleware that is not there, while there are others.',
  nextSteps: [
    'Write the name as Traefik knows it: in the annotation of an Ingress `NAMESPACE-NAME@kubernetescrd`, in an IngressRoute `name` and `namespace`. `kubectl get middlewares.traefik.io -A` shows what there is.',
  ],
  avoid: ['Do not take the middleware off the route before you know what it guards: it may be the login.'],
};

export const serviceMissing: CodeEntry = {
  code: 'traefik.route.service-missing',
  group: 'network',
  title: 'IngressRoute sends requests to a Service that does not exist',
  severity: 'critical',
  means: 'Traefik has nowhere to send the requests of this route: they are answered with 404 or 503.',
  recognised: 'A service of an IngressRoute is a Service that its namespace does not have.',
  nextSteps: ['Correct `name` (and `namespace`) of the service in the IngressRoute, or create the Service.'],
  avoid: ['Do not delete the IngressRoute: its other routes would go with it.'],
};
