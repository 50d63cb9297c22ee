import type { Field } from './field.ts';
import { field, one } from './field.ts';
import { count } from './measures.ts';
import { ofContainers } from './template-readers.ts';

type Doors = {
  readonly loadBalancer: {
    readonly ingress: readonly { readonly ip: string | undefined; readonly hostname: string | undefined }[];
  };
};

function addressesOf({ loadBalancer }: Doors): readonly string[] {
  return loadBalancer.ingress.flatMap(({ ip, hostname }) => one(hostname ?? ip));
}

interface Port {
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  readonly name: string | undefined;
}

/** `80/TCP (http)` */
function portText({ port, protocol, name }: Port): string {
  return `${port ?? '?'}/${protocol ?? 'TCP'}${name === undefined || name === '' ? '' : ` (${name})`}`;
}

/** What Services, Ingresses and routes say of themselves. */
export const networkFields: readonly Field[] = [
  field(
    'type',
    '(?:service )?types?',
    { Service: ({ spec }) => one(spec.type), Secret: ({ type }) => one(type) },
    { values: /^(?:cluster ?ip|node ?port|load ?balancer|external ?name)$/i },
  ),
  field('cluster IP', '(?:cluster ?|internal )?ips?(?: address(?:es)?)?', {
    Service: ({ spec }) => one(spec.clusterIP),
  }),
  field('port', '(?:service |container |declared )?ports?', {
    ...ofContainers(({ ports }) =>
      ports.map(({ containerPort, ...port }) => portText({ ...port, port: containerPort })),
    ),
    Service: ({ spec }) => spec.ports.map(portText),
    Gateway: ({ spec }) => spec.listeners.map(({ port, protocol }) => `${port ?? '?'}/${protocol}`),
  }),
  field('target port', 'target ?ports?', {
    Service: ({ spec }) =>
      spec.ports.map(({ port, targetPort }) => `${targetPort ?? port ?? '?'} (for ${port ?? '?'})`),
  }),
  field('node port', 'node ?ports?', {
    Service: ({ spec }) => spec.ports.flatMap(({ nodePort }) => (nodePort === 0 ? [] : one(nodePort))),
  }),
  field('external address', '(?:external|public|load ?balancer) (?:ips?|address(?:es)?|names?)|ips?|address(?:es)?', {
    Service: ({ spec, status }) => [...spec.externalIPs, ...addressesOf(status)],
    Ingress: ({ status }) => addressesOf(status),
  }),
  field('traffic policy', '(?:external )?traffic polic(?:y|ies)', {
    Service: ({ spec }) => one(spec.externalTrafficPolicy),
  }),
  field('host', '(?:ingress )?hosts?|host ?names?|domains?|urls?', {
    Ingress: ({ spec }) => spec.rules.flatMap(({ host }) => one(host)),
    HTTPRoute: ({ spec }) => spec.hostnames,
    Gateway: ({ spec }) => spec.listeners.flatMap(({ hostname }) => one(hostname)),
  }),
  field('class', '(?:ingress |gateway )?class(?:es)?', {
    Ingress: ({ spec }) => one(spec.ingressClassName),
    Gateway: ({ spec }) => one(spec.gatewayClassName),
    IngressClass: ({ metadata }) => one(metadata.name),
  }),
  field('TLS secret', 'tls(?: secrets?| certificates?| hosts?)?|https|certificates?|certs?', {
    Ingress: ({ spec }) =>
      spec.tls.flatMap(({ secretName, hosts }) => [
        `${secretName ?? 'the default certificate'}${hosts.length === 0 ? '' : ` (${hosts.join(', ')})`}`,
      ]),
  }),
  field('backend', 'back ?ends?|paths?|rules?', {
    Ingress: ({ spec }) =>
      spec.rules.flatMap(({ host, http }) =>
        http.paths.map(
          ({ path, backend }) =>
            `${host ?? '*'}${path ?? '/'} to Service ${backend.service?.name ?? '?'}:${backend.service?.port.name ?? backend.service?.port.number ?? '?'}`,
        ),
      ),
    HTTPRoute: ({ spec }) =>
      spec.rules.flatMap(({ backendRefs }) =>
        backendRefs.map(({ kind, name, port }) => `${kind ?? 'Service'} ${name}:${port ?? '?'}`),
      ),
  }),
  field('controller', 'controllers?', {
    IngressClass: ({ spec }) => one(spec.controller),
    GatewayClass: ({ spec }) => one(spec.controllerName),
  }),
  field('policy type', '(?:policy )?types?|directions?', { NetworkPolicy: ({ spec }) => spec.policyTypes }),
  field(
    'attached route',
    '(?:attached )?routes?',
    {
      Gateway: ({ status }) => [
        String(status.listeners.reduce((sum, { attachedRoutes }) => sum + (attachedRoutes ?? 0), 0)),
      ],
    },
    { measure: count },
  ),
];
