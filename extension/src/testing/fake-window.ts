import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalCluster } from '@autodevops/domain/ports/local-cluster';
import { AgentEvents } from '../agent/agent-events.ts';
import { AgentSupervisor } from '../agent/agent-supervisor.ts';
import type { AgentPlace } from '../agent/agent-launcher.ts';
import { wantedAgent } from '../agent/wanted-agent.ts';
import { ChangesFeed } from '../changes/changes-feed.ts';
import { DoneChanges } from '../changes/done-changes.ts';
import { IncidentsFeed } from '../incidents/incidents-feed.ts';
import { ChosenCluster } from '../clusters/chosen-cluster.ts';
import { FolderConfigs } from '../clusters/folder-config.ts';
import type { KnownContext } from '../clusters/known-context.ts';
import { LocalLife } from '../local/local-life.ts';
import type { LiveObject } from '../manifests/live/cluster-source.ts';
import { ObjectNews } from '../manifests/live/object-news.ts';
import { stubSource } from './stub-source.ts';
import { Observed } from '../observing/observed.ts';
import type { MadeDocument } from '../ports/documents.ts';
import type { TerminalProgram } from '../ports/terminals.ts';
import { ProblemsFeed } from '../problems/problems-feed.ts';
import type { Ended } from '../program/program.ts';
import { Settings } from '../settings/settings.ts';
import type { WindowParts } from '../window-parts.ts';
import { memoryKept } from './memory-kept.ts';
import { scriptedPeople } from './scripted-people.ts';
import type { Reply, ScriptedPeople } from './scripted-people.ts';
import { steadyClock } from './steady-clock.ts';
import { stubAgent } from './stub-agent.ts';
import type { StubAgent, Stubs } from './stub-agent.ts';

export interface FakeWindowChoice {
  readonly agent?: Stubs;
  readonly replies?: readonly Reply[];
  readonly contexts?: readonly Omit<KnownContext, 'local'>[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly trusted?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly program?: (args: readonly string[]) => Partial<Ended>;
  readonly programs?: Readonly<Record<string, string>>;
  readonly active?: { readonly path: string; readonly text: string };
  readonly place?: Partial<AgentPlace>;
  readonly local?: LocalCluster;
  /** Objects of the chosen cluster. */
  readonly live?: readonly LiveObject[];
  readonly tool?: (program: string, args: readonly string[]) => string;
}

export interface FakeWindow {
  readonly parts: WindowParts;
  readonly agent: StubAgent;
  readonly person: ScriptedPeople;
  readonly shown: MadeDocument[];
  readonly compared: { readonly before: MadeDocument; readonly after: MadeDocument; readonly title: string }[];
  readonly opened: string[];
  readonly terminals: TerminalProgram[];
  readonly ran: (readonly string[])[];
  readonly files: Map<string, string>;
  readonly logged: string[];
  readonly secrets: Map<string, string>;
  /** Agents that were started and stopped. */
  readonly processes: string[];
}

export const localContext = { name: 'kind-dev', server: 'https://127.0.0.1:6443', namespace: '' };
export const remoteContext = { name: 'production', server: 'https://10.0.0.7:6443', namespace: 'shop' };

/** A window over stand-ins of the editor, the agent and the machine, with everything between them as it is. */
export async function fakeWindow(choice: FakeWindowChoice = {}): Promise<FakeWindow> {
  const agent = stubAgent(choice.agent ?? {});
  const person = scriptedPeople(choice.replies ?? []);
  const fake = {
    agent,
    person,
    shown: [],
    compared: [],
    opened: [],
    terminals: [],
    ran: [],
    files: new Map(Object.entries(choice.files ?? {})),
    logged: [],
    secrets: new Map<string, string>(),
    processes: [],
  } satisfies Omit<FakeWindow, 'parts'> as Omit<FakeWindow, 'parts'>;
  const parts = partsOf(choice, fake);
  await Promise.all([parts.clusters.refresh(), parts.folderConfigs.refresh()]);
  return { ...fake, parts };
}

function editorOf(
  choice: FakeWindowChoice,
  { person, shown, compared, opened, terminals, files, logged, secrets }: Omit<FakeWindow, 'parts'>,
): Pick<
  WindowParts,
  | 'people'
  | 'documents'
  | 'terminals'
  | 'folder'
  | 'kept'
  | 'secrets'
  | 'log'
  | 'clock'
  | 'settings'
  | 'ownFolder'
  | 'version'
> {
  const write = (text: string): void => void logged.push(text);
  return {
    people: person.people,
    documents: {
      show: async (document) => void shown.push(document),
      compare: async (before, after, title) => void compared.push({ before, after, title }),
      openFile: async (path, line) => void opened.push(line === undefined ? path : `${path}:${line}`),
      openSetting: async (name) => void opened.push(`the setting ${name}`),
      active: () => choice.active,
    },
    terminals: {
      open: (program) => void terminals.push(program),
      find: async (name) => (choice.programs ?? { kubectl: '/usr/bin/kubectl' })[name],
    },
    folder: {
      trusted: () => choice.trusted ?? true,
      path: () => '/home/ann/shop',
      read: async (path) => files.get(path),
      write: async (path, text) => void files.set(path, text),
    },
    kept: memoryKept(),
    secrets: {
      get: async (name) => secrets.get(name),
      put: async (name, value) => void secrets.set(name, value),
      forget: async (name) => void secrets.delete(name),
    },
    log: { info: write, warn: write, error: write, show: () => write('shown') },
    clock: steadyClock().clock,
    settings: () => Settings.parse(choice.settings ?? {}),
    ownFolder: '/home/ann/own',
    version: '0.1.0',
  };
}

function partsOf(choice: FakeWindowChoice, fake: Omit<FakeWindow, 'parts'>): WindowParts {
  const editor = editorOf(choice, fake);
  const { settings, kept, clock } = editor;
  const contexts = choice.contexts ?? [localContext, remoteContext];
  const clusters = new ChosenCluster({
    source: {
      read: async () => ({ current: contexts[0]?.name ?? '', contexts }),
      files: async () => ['/home/ann/.kube/config'],
    },
    kept,
    kubeconfig: () => undefined,
    localContexts: () => settings()['cluster.localContexts'],
  });
  const folderConfigs = new FolderConfigs(editor, async (text) => /context: (\S+)/.exec(text)?.[1]);
  const wanted: WindowParts['wanted'] = () => wantedAgent(editor, clusters.state.value, folderConfigs.state.value);
  const launcher: WindowParts['launcher'] = {
    open: async ({ context }) => {
      fake.processes.push(`open ${context}`);
      return {
        client: fake.agent.client,
        lost: new AbortController().signal,
        letGo: () => void fake.processes.push('let go'),
      };
    },
    stop: async ({ context }) => void fake.processes.push(`stop ${context}`),
    place: async () => ({
      configuration: '/home/ann/state/config.yaml',
      policy: undefined,
      log: '/home/ann/state/agent.log',
      ...choice.place,
    }),
  };
  const supervisor = new AgentSupervisor({ launcher, clock, wanted, log: () => undefined });
  const client = async (signal: AbortSignal): Promise<AgentClient> => await supervisor.client(signal);
  const events = new AgentEvents({ client, clock, kept, agentKey: () => JSON.stringify(wanted()) });
  const changes = new ChangesFeed({ client, clock, events });
  return {
    ...editor,
    clusters,
    folderConfigs,
    wanted,
    launcher,
    agent: supervisor,
    client,
    problems: new ProblemsFeed({
      client,
      clock,
      scope: () => ({
        namespace: settings()['problems.namespace'] || undefined,
        hygiene: settings()['problems.hygiene'],
      }),
    }),
    objectNews: new ObjectNews({ client, clock }),
    changes,
    doneChanges: new DoneChanges({ client, changes }),
    incidents: new IncidentsFeed({ client, clock, events }),
    asked: new Observed<{ readonly question: string } | undefined>(undefined),
    local: new LocalLife(async () => {
      if (choice.local === undefined) {
        throw new AutoDevOpsError('local.not-there', 'There is no local cluster.', 'Make one.');
      }
      return choice.local;
    }),
    source: stubSource(choice.live ?? []),
    tools: { run: async (program, args) => choice.tool?.(program, args) ?? '' },
    program: {
      run: async (args) => {
        fake.ran.push(args);
        return { code: 0, stdout: '', stderr: '', ...choice.program?.(args) };
      },
    },
  };
}
