import type { Pod } from '@autodevops/domain/kubernetes/pod';

/** Words in the images, names and labels of the pods of a controller, by what its class names; none for clouds' own. */
export const controllerWords: Readonly<Record<string, readonly string[]>> = {
  'k8s.io/ingress-nginx': ['ingress-nginx', 'nginx-ingress'],
  'nginx.org/ingress-controller': ['nginx-ingress', 'nginx-kic', 'nginx'],
  'traefik.io/ingress-controller': ['traefik'],
  'haproxy.org/ingress-controller': ['haproxy'],
  'haproxy-ingress.github.io/controller': ['haproxy'],
  'projectcontour.io/projectcontour/contour': ['contour'],
  'konghq.com/ingress-controller': ['kong'],
  'ingress-controllers.konghq.com/kong': ['kong'],
  'istio.io/ingress-controller': ['istio'],
  'ingress.k8s.aws/alb': ['aws-load-balancer-controller'],
  'eks.amazonaws.com/alb': [],
};

function textsOf(pod: Pod): readonly string[] {
  return [pod.metadata.name, ...Object.values(pod.metadata.labels), ...pod.spec.containers.map(({ image }) => image)];
}

/** Whether a pod looks like one of the controllers that classes name. */
export function isController(pod: Pod): boolean {
  const texts = textsOf(pod);
  return Object.values(controllerWords).some((words) =>
    words.some((word) => texts.some((text) => text.includes(word))),
  );
}

/** Controllers that carry the requests themselves, by the images of the pods that do. */
const proxies: ReadonlyMap<string, readonly string[]> = new Map([
  ['k8s.io/ingress-nginx', ['ingress-nginx/controller']],
  ['traefik.io/ingress-controller', ['traefik']],
  ['haproxy-ingress.github.io/controller', ['haproxy-ingress']],
]);

/** Whether requests for an Ingress of a class with this controller pass through the pod. */
export function carriesRequests(pod: Pod, controller: string): boolean {
  return (proxies.get(controller) ?? []).some((word) => pod.spec.containers.some(({ image }) => image.includes(word)));
}
