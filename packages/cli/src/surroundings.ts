import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { ClusterFollower, ClusterReader, Progress } from '@autodevops/domain/ports/cluster';
import type { Agents } from './agent-door/agents.ts';
import type { Keeping } from './keeping/keeping.ts';
import type { OpenLocal } from './local/local-door.ts';
import type { SlackDoor } from './slack/slack-door.ts';
import type { TerminalFacts } from './terminal/look.ts';

/** Which cluster or record of one a command is to read. */
export interface ClusterChoice {
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly as?: string | undefined;
  readonly asGroup?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly sample?: boolean | undefined;
  /** Monitoring beside a live cluster: an address, or `NAMESPACE/NAME:PORT` of a Service in it. */
  readonly prometheus?: string | undefined;
  readonly alertmanager?: string | undefined;
  readonly loki?: string | undefined;
}

/** Long work can be ended, and tells how far it is. */
export interface Watched {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Captured {
  readonly path: string;
  readonly objects: number;
  readonly logs: number;
  readonly bytes: number;
  /** What the record lacks. */
  readonly blindSpots: readonly BlindSpot[];
}

/** What a machine has or lacks, as `doctor` tells it. */
export interface MachineFacts {
  /** The first line that a program answers to its version flag; undefined when there is no such program. */
  readonly programVersion: (program: string, args: readonly string[]) => Promise<string | undefined>;
  readonly nodeVersion: string;
}

/** What a kubeconfig's current choice leads to. */
export interface ContextFacts {
  readonly context: string;
  readonly server: string;
  readonly contexts: readonly string[];
}

/** What Jamie may read: the rules that are missing, as RBAC has them. */
export interface Permission {
  readonly resource: string;
  readonly group: string;
  readonly verb: string;
  readonly allowed: boolean;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly facts: TerminalFacts;
}

/** Everything outside that a command may touch. Made in compose.ts; tests make their own. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly machine: MachineFacts;
  readonly version: string;
  readonly now: () => number;
  readonly open: (choice: ClusterChoice, watched: Watched) => Promise<ClusterReader>;
  /** A reader that is kept current by watching; `namespaces` undefined for all. */
  readonly follow: (
    choice: ClusterChoice,
    watched: Watched & { readonly namespaces: readonly string[] | undefined },
  ) => Promise<ClusterFollower>;
  readonly capture: (reader: ClusterReader, target: CaptureTarget) => Promise<Captured>;
  readonly contextFacts: (choice: ClusterChoice) => Promise<ContextFacts>;
  readonly permissions: (choice: ClusterChoice) => Promise<readonly Permission[]>;
  /** Whether the API server answers anything at all in time. Throws `kubeconfig.*`. */
  readonly answers: (choice: ClusterChoice, milliseconds: number) => Promise<boolean>;
  readonly readFile: (path: string) => Promise<string>;
  /** Loaded when a command asks for them. */
  readonly agents: () => Promise<Agents>;
  readonly keeping: () => Promise<Keeping>;
  /** A local Kind cluster of this machine. */
  readonly local: OpenLocal;
  /** The bot, which speaks to people in Slack. */
  readonly slack: () => Promise<SlackDoor>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether somebody sits at a terminal who can be asked. */
  readonly canAsk: boolean;
  /** Asks there; undefined when the input ended without an answer. Throws `interrupted` by Ctrl-C. */
  readonly question: (text: string, signal: AbortSignal) => Promise<string | undefined>;
  /** Keeps the details of an unexpected failure; returns the path of the file, undefined when it could not be written. */
  readonly keepDetails: (reference: string, details: string) => Promise<string | undefined>;
}

export interface CaptureTarget extends Watched {
  readonly path: string;
  readonly namespaces: readonly string[] | undefined;
}
