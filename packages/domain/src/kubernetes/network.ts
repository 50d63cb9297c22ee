import { condition, labelSelector, metadata } from './metadata.ts';
import { flag, intOrText, list, name, number, object, optional, strings, text, texts } from './shape.ts';
import type { Shaped } from './shape.ts';

export const service = object({
  metadata,
  spec: object({
    type: text,
    clusterIP: text,
    selector: strings,
    ports: list(
      object({ name: text, port: number, targetPort: intOrText, nodePort: number, protocol: text, appProtocol: text }),
    ),
    externalName: text,
    externalTrafficPolicy: text,
    internalTrafficPolicy: text,
    publishNotReadyAddresses: flag,
    loadBalancerClass: text,
    externalIPs: texts,
    ipFamilies: texts,
  }),
  status: object({
    loadBalancer: object({ ingress: list(object({ ip: text, hostname: text })) }),
    conditions: list(condition),
  }),
});
export type Service = Shaped<typeof service>;

const targetReference = optional(object({ kind: name, name, namespace: name, uid: name }));

export const endpointSlice = object({
  metadata,
  addressType: text,
  endpoints: list(
    object({
      addresses: texts,
      conditions: object({ ready: flag, serving: flag, terminating: flag }),
      targetRef: targetReference,
      nodeName: text,
    }),
  ),
  ports: list(object({ name: text, port: number, protocol: text })),
});
export type EndpointSlice = Shaped<typeof endpointSlice>;

/** The older form; older bundles have no other. */
export const endpoints = object({
  metadata,
  subsets: list(
    object({
      addresses: list(object({ ip: name, nodeName: text, targetRef: targetReference })),
      notReadyAddresses: list(object({ ip: name, nodeName: text, targetRef: targetReference })),
      ports: list(object({ name: text, port: number, protocol: text })),
    }),
  ),
});

const ingressBackend = object({
  service: optional(object({ name, port: object({ name: text, number }) })),
  resource: optional(object({ apiGroup: text, kind: name, name })),
});
export type IngressBackend = Shaped<typeof ingressBackend>;

export const ingress = object({
  metadata,
  spec: object({
    ingressClassName: text,
    defaultBackend: optional(ingressBackend),
    tls: list(object({ hosts: texts, secretName: text })),
    rules: list(
      object({
        host: text,
        http: object({ paths: list(object({ path: text, pathType: text, backend: ingressBackend })) }),
      }),
    ),
  }),
  status: object({ loadBalancer: object({ ingress: list(object({ ip: text, hostname: text })) }) }),
});
export type Ingress = Shaped<typeof ingress>;

export const ingressClass = object({ metadata, spec: object({ controller: name }) });

const policyPeer = object({
  podSelector: optional(labelSelector),
  namespaceSelector: optional(labelSelector),
  ipBlock: optional(object({ cidr: name, except: texts })),
});
const policyPort = object({ protocol: text, port: intOrText, endPort: number });

export const networkPolicy = object({
  metadata,
  spec: object({
    podSelector: labelSelector,
    policyTypes: texts,
    ingress: list(object({ from: list(policyPeer), ports: list(policyPort) })),
    egress: list(object({ to: list(policyPeer), ports: list(policyPort) })),
  }),
});
export type NetworkPolicy = Shaped<typeof networkPolicy>;
export type NetworkPolicyPeer = Shaped<typeof policyPeer>;

export const gatewayClass = object({
  metadata,
  spec: object({ controllerName: name }),
  status: object({ conditions: list(condition) }),
});

export const gateway = object({
  metadata,
  spec: object({
    gatewayClassName: name,
    listeners: list(
      object({
        name,
        hostname: text,
        port: number,
        protocol: name,
        tls: optional(object({ mode: text, certificateRefs: list(object({ kind: text, name, namespace: text })) })),
        allowedRoutes: optional(
          object({ namespaces: optional(object({ from: text, selector: optional(labelSelector) })) }),
        ),
      }),
    ),
  }),
  status: object({
    conditions: list(condition),
    listeners: list(object({ name, attachedRoutes: number, conditions: list(condition) })),
  }),
});
export type Gateway = Shaped<typeof gateway>;

const routeParent = object({ group: text, kind: text, namespace: text, name, sectionName: text, port: number });

export const httpRoute = object({
  metadata,
  spec: object({
    parentRefs: list(routeParent),
    hostnames: texts,
    rules: list(
      object({
        backendRefs: list(object({ group: text, kind: text, namespace: text, name, port: number, weight: number })),
      }),
    ),
  }),
  status: object({
    parents: list(object({ parentRef: routeParent, controllerName: text, conditions: list(condition) })),
  }),
});
export type HttpRoute = Shaped<typeof httpRoute>;
