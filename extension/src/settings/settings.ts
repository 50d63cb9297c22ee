import { z } from 'zod';

/** A name of a context; `*` stands for any letters. */
const patterns = z.array(z.string().min(1).max(253)).max(50);

/** Where Visual Studio Code lets a setting be given: `machine` ones are no business of a folder. */
type Scope = 'machine' | 'machine-overridable' | 'window' | 'resource';

interface SettingMeta {
  readonly scope: Scope;
  readonly markdownDescription: string;
  readonly markdownEnumDescriptions?: readonly string[];
  /** Not read from a folder that is not trusted. */
  readonly restricted?: true;
}

function setting<T extends z.ZodType>(shape: T, meta: SettingMeta): T {
  return shape.meta({ ...meta });
}

/** Every setting of the extension, once: the manifest's `configuration`, the types and the defaults are made from it. */
export const Settings = z.object({
  'cluster.access': setting(z.enum(['live', 'off']).default('live'), {
    scope: 'window',
    markdownDescription: 'Whether clusters are spoken to at all.',
    markdownEnumDescriptions: [
      'The chosen cluster is read as soon as a view, an open manifest or a command needs it.',
      'No cluster is spoken to; what manifests say of themselves is still checked.',
    ],
  }),
  'cluster.kubeconfig': setting(z.string().max(4096).default(''), {
    scope: 'machine-overridable',
    restricted: true,
    markdownDescription: 'The kubeconfig file; empty: `KUBECONFIG`, else `~/.kube/config`.',
  }),
  'cluster.localContexts': setting(
    patterns.default([
      'kind-*',
      'minikube',
      'k3d-*',
      'docker-desktop',
      'rancher-desktop',
      'orbstack',
      'colima*',
      'microk8s',
    ]),
    {
      scope: 'machine',
      markdownDescription:
        'Contexts that are local clusters, if their server has a loopback address too (`*` stands for any letters). Every other cluster is read-only until it is unlocked for the session.',
    },
  ),
  'local.config': setting(z.string().max(4096).default('local-config.yaml'), {
    scope: 'resource',
    restricted: true,
    markdownDescription: 'The configuration of the local cluster and its agents, relative to the folder.',
  }),
  'problems.group': setting(z.enum(['severity', 'namespace', 'none']).default('severity'), {
    scope: 'window',
    markdownDescription: 'How causes are grouped in *Problems of the Cluster*.',
    markdownEnumDescriptions: [
      'Critical ones first, then warnings, then what is only information.',
      'By the namespace of what is broken.',
      'One list, the worst first.',
    ],
  }),
  'problems.namespace': setting(z.string().max(253).default(''), {
    scope: 'resource',
    markdownDescription: 'The namespace to keep in view; empty: all of them.',
  }),
  'problems.hygiene': setting(z.boolean().default(false), {
    scope: 'window',
    markdownDescription: 'Tell what works but is not good practice too.',
  }),
  'logs.lines': setting(z.int().min(10).max(5000).default(200), {
    scope: 'window',
    markdownDescription: 'How many lines of a log are shown at first.',
  }),
  notifications: setting(z.enum(['approvals', 'none']).default('approvals'), {
    scope: 'window',
    markdownDescription: 'What may interrupt you.',
    markdownEnumDescriptions: [
      'Changes that wait for your yes, the kill switch, and an agent that does not come back.',
      'Nothing; the views and the status bar show it.',
    ],
  }),
  'chat.participant': setting(z.boolean().default(true), {
    scope: 'window',
    markdownDescription:
      'Offer `@jamie` in the chat of Visual Studio Code, where it has one. The view *Jamie* works without it.',
  }),
  'chat.tools': setting(z.boolean().default(true), {
    scope: 'window',
    markdownDescription:
      'Let other assistants of the window diagnose, read evidence and, if you say yes, propose. They cannot approve.',
  }),
  'mcp.enabled': setting(z.boolean().default(false), {
    scope: 'machine',
    markdownDescription:
      'Offer the agent as a server of the Model Context Protocol to agent mode. Off, because every chat would be asked about it.',
  }),
});
export type Settings = z.infer<typeof Settings>;
export type SettingName = keyof Settings;
