import { dirname } from 'node:path';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { dockerAt } from '../bed/host/docker.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { localMachine } from '../scenarios/local-machine.ts';
import type { LocalMachine } from '../scenarios/local-machine.ts';
import { machineEnvironment } from './machine-environment.ts';
import { packagedExtension } from './packaged-extension.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** A window in a folder that describes a local cluster of its own, on this machine's engine. */
export interface OwnMachine {
  readonly bed: KindBed;
  readonly machine: LocalMachine;
  /** That folder. */
  readonly folder: string;
  /** Where the window keeps everything. */
  readonly home: string;
  readonly window: Workbench;
  readonly engine: ReturnType<typeof dockerAt>;
  /** kubectl at the cluster, once it is made. */
  readonly hand: ClusterHand;
  readonly close: () => Promise<void>;
}

/** `before`: what there is already when the window opens. */
export async function openOwnMachine(
  name: string,
  before: (machine: LocalMachine) => Promise<unknown> = async () => undefined,
): Promise<OwnMachine> {
  const [vsix, bed] = await Promise.all([packagedExtension(), ensureKind()]);
  const machine = localMachine(bed, name);
  const over = new AbortController();
  const network = machine.bringPodNetwork(over.signal);
  const closeMachine = async (): Promise<void> => {
    over.abort();
    await network;
    await machine.close();
    await bed.stop();
  };
  try {
    await before(machine);
    const [home, folder] = [workbenchHome(), dirname(machine.kubeconfig)];
    const window = await Workbench.open({
      vsix,
      home,
      folder,
      environment: machineEnvironment(machine),
      height: 1000,
    });
    return {
      bed,
      machine,
      folder,
      home,
      window,
      engine: dockerAt(bed.dockerHost),
      hand: new ClusterHand(await bed.kubectl(), machine.kubeconfig),
      close: async () => {
        await window.close();
        await closeMachine();
      },
    };
  } catch (error) {
    await closeMachine();
    throw error;
  }
}
