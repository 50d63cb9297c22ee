import { stepsByWords } from './steps-by-words.ts';
import type { StepTable } from './steps-by-words.ts';

/** What to do first, by the words of whoever could not mount; file systems of all drivers. */
const table: StepTable = [
  [
    /fail(?:ed|s) to (?:find|inject) the sidecar container/,
    'The driver of Cloud Storage works through a sidecar that a webhook puts into pods which ask for it: set the annotation `gke-gcsfuse/volumes: "true"` in the metadata of the pod template (not of the Deployment), then let the pods be made anew.',
  ],
  [
    /rpc\.statd is not running/,
    'NFS 3 keeps its locks through rpc.statd, which does not run where the volume is mounted (the node, or the pod of the driver): start it there (`systemctl enable --now rpc-statd`), or mount with `nfsvers=4.1`, which needs none; `nolock` only where one node writes.',
  ],
  [
    /requested nfs version or transport protocol is not supported/,
    'Server and mount options name different versions of NFS: see `mountOptions` (nfsvers) of the class or volume, and what the server offers (`rpcinfo -p SERVER`).',
  ],
  [
    /operation with the given volume id .{0,200}already exists/,
    "An earlier try for this volume hangs, and the driver turns away every next one. Read in the log of the driver's pod on that node what the first was waiting for: most often the store cannot be reached.",
  ],
];

/** Steps for a volume that cannot be mounted. */
export function mountSteps(message: string): readonly string[] {
  return stepsByWords(table, message);
}
