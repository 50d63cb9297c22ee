import { isIP } from 'node:net';
import { z } from 'zod';
import { parseQuantity } from '@autodevops/domain/quantity';

const port = z.int().min(1).max(65_535);
const amount = (says: string) =>
  z
    .union([z.string(), z.number()])
    .transform(String)
    .refine((text) => (parseQuantity(text) ?? 0) > 0, { error: says });
const image = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,511}$/, { error: 'is no name of an image' });

const PortMapping = z.strictObject({
  host: port.describe('of this machine'),
  node: port.describe("of the control plane's container: a NodePort, or a host port of a pod"),
  address: z
    .string()
    .refine((text) => isIP(text) !== 0, { error: 'is no IP address' })
    .default('127.0.0.1')
    .describe('of this machine; 0.0.0.0 for everybody who can reach it'),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'),
});

const Mount = z.strictObject({
  host: z.string().min(1).describe('a folder of this machine'),
  node: z.string().startsWith('/').describe('where pods find it by hostPath'),
  readOnly: z.boolean().default(true),
});

const Resources = z.strictObject({
  memory: amount('is no amount of memory, as 4Gi')
    .optional()
    .describe('that all nodes together may take, as 4Gi; half of the machine when absent'),
  cpus: amount('is no number of cores, as 2 or 1500m')
    .optional()
    .describe('that all nodes together may take; half of the machine when absent'),
  overHalf: z.boolean().default(false).describe('whether it may be more than half of the machine'),
});

/** Settings of `cluster` that a local cluster of `autodevops local` is made from (`type: kind`). */
export const kindSettings = {
  name: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
    .optional()
    .describe('of the Kind cluster; autodevops when absent. Its context is kind-NAME'),
  nodes: z.int().min(1).max(20).optional().describe('control plane included; 3 when absent'),
  kubernetes: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional()
    .describe('version, as 1.36.1; what goes with the installed kind when absent'),
  image: image.optional().describe('image of the nodes, instead of `kubernetes`'),
  engine: z.enum(['docker', 'podman', 'nerdctl']).optional().describe('the first that answers when absent'),
  kind: z.string().min(1).optional().describe('the kind program; AUTODEVOPS_KIND or the one on PATH when absent'),
  ports: z.array(PortMapping).optional(),
  mounts: z.array(Mount).optional(),
  registryMirrors: z
    .record(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/), z.url({ protocol: /^https?$/ }))
    .optional()
    .describe('registry and the address that nodes ask instead: {docker.io: "http://mirror:5000"}'),
  images: z.array(image).optional().describe('loaded into every node'),
  resources: Resources.optional(),
  kindConfiguration: z
    .string()
    .min(1)
    .optional()
    .describe("a file of kind's own configuration, for what has no setting here"),
} as const;

/** What of `cluster` says nothing where the cluster is none of Kind's. */
export function settingsOfKindAlone(cluster: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(kindSettings).filter((key) => cluster[key] !== undefined);
}
