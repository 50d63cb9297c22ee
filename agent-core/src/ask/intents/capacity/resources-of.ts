import { counted } from '@autodevops/domain/count-words';
import type { Container } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import { concernedBy } from '../../health/health.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { workloadNamespaces, workloadTemplates } from '../../../reading/workloads/workload-templates.ts';
import { scopeWords } from '../../scope.ts';
import { templatesOf } from '../../templates-of.ts';
import type { Running } from '../../templates-of.ts';

const most = 40;
const columns = ['container', 'cpu asked', 'cpu at most', 'memory asked', 'memory at most'];
const usage =
  'These are the settings; what is really used is not read here (`kubectl top pods` tells, where a metrics server runs).';

function rowOf({ name, resources: { requests, limits } }: Container, of: string): string[] {
  return [
    `${of}${name}`,
    requests['cpu'] ?? '-',
    limits['cpu'] ?? '-',
    requests['memory'] ?? '-',
    limits['memory'] ?? '-',
  ];
}

function bound(container: Container, resource: string): string {
  const [asked, most] = [container.resources.requests[resource], container.resources.limits[resource]];
  const limit = most === undefined ? `no ${resource} limit` : `${resource} up to ${most}`;
  return asked === undefined ? `${limit}, and asks for none` : `${limit}, and asks for ${asked}`;
}

function headline(running: readonly Running[], resource: string): string {
  const [first] = running;
  const containers = running.flatMap(({ spec }) => spec.containers);
  const [only] = containers;
  const wanted = resource === '' ? ['memory', 'cpu'] : [resource];
  if (containers.length === 1 && only !== undefined && first !== undefined) {
    return `Container "${only.name}" of ${refText(first.ref)} has ${wanted.map((r) => bound(only, r)).join('; ')}.`;
  }
  return `What the ${containers.length} containers of ${namesOf(running.map(({ ref }) => ref))} ask for and may use at most.`;
}

/** "Is it out of memory", "does it have enough": a kill for memory answers both; without usage nothing else does. */
function shortage(
  context: AskContext,
  running: readonly Running[],
  { resource, isYes }: { readonly resource: string; readonly isYes: boolean },
): Reply | undefined {
  const { own } = concernedBy(
    context,
    running.map(({ ref }) => ref),
  );
  const short = own.filter(({ code, title }) =>
    new RegExp(resource === 'cpu' ? 'throttl|cpu' : 'memory|oom', 'i').test(`${code} ${title}`),
  );
  const [cause] = short;
  return cause === undefined ? undefined : { headline: `${isYes ? 'Yes' : 'No'}: ${cause.cause}`, causes: [...short] };
}

/** What every workload in scope asks for and may use. */
function ofAll(context: AskContext): Reply {
  const namespaces = context.namespace === undefined ? workloadNamespaces(context.snapshot) : [context.namespace];
  const running = namespaces.flatMap((namespace) => workloadTemplates(context.snapshot, namespace));
  const rows = running.flatMap(({ ref, spec }) => spec.containers.map((c) => rowOf(c, `${refText(ref)}: `)));
  const unlimited = running.filter(({ spec }) =>
    spec.containers.some((c) => c.resources.limits['memory'] === undefined),
  ).length;
  return {
    headline: `${counted(rows.length, 'container')} of ${counted(running.length, 'workload')}${scopeWords(context)}; ${unlimited === 0 ? 'every workload has' : `${counted(unlimited, 'workload has', 'workloads have')} no`} memory limit${unlimited === 0 ? 's' : ''}.`,
    table: { columns, rows: rows.slice(0, most) },
    lines: rows.length > most ? [`${rows.length - most} more are left out.`, usage] : [usage],
  };
}

/** The requests and limits of X, and whether X has enough. */
export const resourcesOf: Intent = {
  name: 'resources-of',
  example: 'what is the memory limit of web?',
  patterns: [
    /^(?:what (?:is|are) |show(?: me)? |get |give me |which (?:is|are) )?(?:the )?(?<resource>memory |cpu |ram )?(?:resource )?(?:limits?|requests?|resources|requests and limits|limits and requests|quota)(?: are)?(?: set)? (?:of|for|on) (?<object>.+)$/i,
    /^how (?:much|many) (?<resource>memory|cpu|ram|cores?|cpus)(?: (?:limits?|requests?))? (?:does|do|is|has|can|may|did) (?<object>(?!all |every |the pods).+?)(?: (?:have|has|get|gets|need|needs|request|requests|ask for|allowed|use|uses|using|limited to|given|take|takes|consume|eat|burn|allocate|occupy))*(?: at most)?$/i,
    /^(?:does|do|has|have|is|are) (?<object>.+?) (?:have |has |got |given |get |getting |need |needs )*(?<enough>enough|sufficient|too little|more|too few) (?<resource>memory|cpu|ram|cpus|resources)$/i,
    /^(?:is|are|was|did|has|does) (?<object>.+?) (?:running |run |going |gone |been )*(?<out>out of|short of|low on) (?<resource>memory|ram|cpu)$/i,
    /^(?:what|which) (?:is |are )?(?<resource>memory |cpu )?(?:limits?|requests?|resources) (?:does|do|has|have) (?<object>.+?)(?: have| set)?$/i,
    /^(?:the )?(?<resource>memory|cpu|ram) (?:of|for) (?<object>.+)$/i,
    /^(?<all>(?:(?:cpu|memory|resource) )?(?:requests?|limits?) (?:vs\.?|and|versus|against|compared to) (?:requests?|limits?))(?: of (?:all|every|the) .*)?$/i,
    /^(?<object>(?!smallest|largest|biggest|highest|lowest|total|average|most|least|all)[\w./-]+) (?<resource>memory |cpu |resource )(?:limits?|requests?|settings)$/i,
  ],
  answer: (caught, context) => {
    if (caught('all') !== '') return ofAll(context);
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const running = templatesOf(context.snapshot, found.objects);
    if (running.length === 0) return undefined;
    const resource = /^(?:memory|ram)/i.test(caught('resource'))
      ? 'memory'
      : /^(?:cpu|core)/i.test(caught('resource'))
        ? 'cpu'
        : '';
    const rows = running.flatMap(({ ref, spec }) =>
      [...spec.initContainers, ...spec.containers].map((c) => rowOf(c, running.length > 1 ? `${refText(ref)}: ` : '')),
    );
    const common = { objects: [...found.objects], table: { columns, rows }, lines: [usage] };
    if (caught('enough') === '' && caught('out') === '') return { ...common, headline: headline(running, resource) };
    return {
      ...common,
      ...(shortage(context, running, { resource, isYes: caught('out') !== '' }) ?? {
        headline: `Nothing shows that ${namesOf(found.objects)} has too little: no container was killed or held back for it, as far as is seen.`,
      }),
    };
  },
};
