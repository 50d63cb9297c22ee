import { z } from 'zod';
import { isRecord } from '@autodevops/domain/raw-record';
import { ContainerName } from '../../targets/workload-template.ts';

export const probeNames = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;
export const ProbeName = z.enum(probeNames);
export type ProbeName = z.infer<typeof ProbeName>;

/** Bounds keep a probe a probe: one that waits for an hour is as good as none. */
export const Params = z.strictObject({
  container: ContainerName,
  probe: ProbeName,
  copyOf: ProbeName.optional().describe('make the probe, which is not there yet, with the check of this one'),
  port: z
    .union([
      z.int().min(1).max(65_535),
      z.string().regex(/^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/, 'not a port name'),
    ])
    .optional(),
  path: z
    .string()
    .regex(/^\/[\w\-./~%!$&'()*+,;=:@?]{0,500}$/, 'not a path')
    .optional(),
  scheme: z.enum(['HTTP', 'HTTPS']).optional(),
  initialDelaySeconds: z.int().min(0).max(600).optional(),
  periodSeconds: z.int().min(1).max(300).optional(),
  timeoutSeconds: z.int().min(1).max(60).optional(),
  failureThreshold: z.int().min(1).max(360).optional(),
  successThreshold: z.int().min(1).max(10).optional(),
});
export type Params = z.infer<typeof Params>;

export type Probe = Record<string, unknown>;
type Changed = { readonly probe: Probe } | { readonly why: string; readonly remedy: string };

const timings = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
  'successThreshold',
] as const;
/** What the API server takes where nothing is set: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe */
const defaults: Readonly<Record<(typeof timings)[number], number>> = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
};

export function timingOf(probe: Probe, timing: (typeof timings)[number]): number {
  return Number(probe[timing] ?? defaults[timing]);
}

/** How long, in seconds, a container may fail its probe before something happens. */
export function patienceOf(probe: Probe): number {
  return timingOf(probe, 'periodSeconds') * timingOf(probe, 'failureThreshold');
}

/** The same check under another name, without what only the other kind may have. */
export function copied(source: Probe, name: ProbeName): Probe {
  const { terminationGracePeriodSeconds: grace, ...rest } = structuredClone(source);
  return {
    ...rest,
    ...(grace === undefined || name === 'readinessProbe' ? {} : { terminationGracePeriodSeconds: grace }),
    ...(name === 'readinessProbe' ? {} : { successThreshold: 1 }),
  };
}

function withCheck(probe: Probe, { port, path, scheme }: Params): Changed {
  if (port === undefined && path === undefined && scheme === undefined) return { probe };
  const kind = ['httpGet', 'tcpSocket', 'grpc'].find((name) => isRecord(probe[name]));
  if (kind === undefined) {
    return {
      why: 'The probe runs a command: it has no port, path or scheme.',
      remedy: 'Correct its command in the manifest.',
    };
  }
  if (kind !== 'httpGet' && (path !== undefined || scheme !== undefined)) {
    return { why: `The probe is of ${kind}: it has no path and no scheme.`, remedy: 'Give only the port.' };
  }
  if (kind === 'grpc' && typeof port === 'string') {
    return { why: 'A gRPC probe takes no port name.', remedy: 'Give the number of the port.' };
  }
  const given = Object.fromEntries(Object.entries({ port, path, scheme }).filter(([, value]) => value !== undefined));
  return { probe: { ...probe, [kind]: { ...(probe[kind] as object), ...given } } };
}

/** The probe as it would be; or why not. A delay of nothing is left out, as the server leaves it out. */
export function changedProbe(before: Probe, params: Params): Changed {
  const checked = withCheck(before, params);
  if ('why' in checked) return checked;
  const given = Object.fromEntries(
    timings.filter((name) => params[name] !== undefined).map((name) => [name, params[name]]),
  );
  const { initialDelaySeconds, ...rest } = { ...checked.probe, ...given } as Probe;
  return {
    probe: initialDelaySeconds === undefined || initialDelaySeconds === 0 ? rest : { ...rest, initialDelaySeconds },
  };
}
