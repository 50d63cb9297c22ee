import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { StepOf } from '@autodevops/domain/remedy/step-names';
import { wayBackOf } from '../../../reading/workloads/previous-revision.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { remedyLines } from '../../remedy-lines.ts';

type ProposalStep = StepOf<'propose-change'>;

/** What is to be done; undefined where no action does it. */
type Proposal = (context: AskContext, target: ObjectRef, wish: string) => ProposalStep | undefined;

const workloads: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'] satisfies KindName[];

function proposalOf(
  action: string,
  { kind, namespace, name }: ObjectRef,
  params: ProposalStep['params'] = {},
): ProposalStep {
  return { do: 'propose-change', action, target: { kind, namespace, name }, params };
}

const restart: Proposal = (_, ref) =>
  ref.kind === 'Pod'
    ? proposalOf('delete-pod', ref)
    : workloads.includes(ref.kind)
      ? proposalOf('restart-rollout', ref)
      : undefined;

const scale: Proposal = (_, ref, wish) => {
  const wanted = /\b(\d{1,4})\b/.exec(wish)?.[1] ?? (/\b(?:zero|down)\b/i.test(wish) ? '0' : 'NUMBER');
  return ['Deployment', 'StatefulSet'].includes(ref.kind) ? proposalOf('scale', ref, { replicas: wanted }) : undefined;
};

const undo: Proposal = ({ snapshot }, ref, wish) => {
  const revision = /\brevision (\d+)\b/i.exec(wish)?.[1] ?? wayBackOf(snapshot, ref)?.toRevision;
  return workloads.includes(ref.kind)
    ? proposalOf('rollout-undo', ref, { toRevision: String(revision ?? 'NUMBER') })
    : undefined;
};

function ofKind(kind: KindName, action: string): Proposal {
  return (_, ref) => (ref.kind === kind ? proposalOf(action, ref) : undefined);
}

const verbs: readonly { readonly words: RegExp; readonly proposal: Proposal }[] = [
  { words: /^(?:restart|bounce|redeploy|recreate|reboot)$/, proposal: restart },
  { words: /^(?:scale|scale up|scale down|resize|stop|shut ?down|halt)$/, proposal: scale },
  { words: /^(?:roll ?back|undo|revert)$/, proposal: undo },
  { words: /^(?:delete|kill|remove|evict)$/, proposal: ofKind('Pod', 'delete-pod') },
  { words: /^drain$/, proposal: ofKind('Node', 'drain') },
  { words: /^cordon$/, proposal: ofKind('Node', 'cordon') },
  { words: /^uncordon$/, proposal: ofKind('Node', 'uncordon') },
  { words: /^suspend$/, proposal: ofKind('CronJob', 'suspend-cronjob') },
  { words: /^(?:run|trigger)$/, proposal: ofKind('CronJob', 'trigger-cronjob') },
];

const verb =
  'restart|bounce|redeploy|recreate|reboot|scale up|scale down|scale|resize|stop|shut ?down|halt|roll ?back|undo|revert|delete|kill|remove|evict|drain|cordon|uncordon|suspend|trigger|run|deploy|install|uninstall|upgrade|create|apply|patch|edit|increase|raise|lower|decrease|reduce|rename|pause|resume|enable|disable|clean up|purge|set|drop|destroy|wipe|erase|format|nuke|truncate|terminate|approve|reject|execute|rm(?: -\\w+)?|flush';

/** What of a wish names the object: "web to 5 replicas", "all pods in shop", "the memory limit of api to 1Gi". */
function objectOf(wish: string): string {
  return wish
    .replace(
      /^(?:the |that )?(?:last |latest |recent |newest )?(?:changes?|rollout|deployment|deploy|release|update)s? (?:to|of|for|on|in) /i,
      '',
    )
    .replace(/\s+(?:to|back to|by|from|with|until|because|so that|now|back|immediately|and)\b.*$/i, '')
    .replace(
      /^(?:the |a )?(?:memory|cpu|image|replicas?|limits?|requests?)(?: limits?| requests?| count)? (?:of|for) /i,
      '',
    );
}

const allOf =
  /^(?:all|every|each|everything|all of|any)\b|^(?:the )?(?:whole |entire )?(?:cluster|database|disks?|nodes|pods|deployments|services)$/i;

function replyFor(context: AskContext, asked: string, wish: string): Reply {
  const found = resolve(context, objectOf(wish));
  const who = "I only read. Changes are Scarlet's part: they are rehearsed, judged by the policy, shown and recorded.";
  const catalogue = remedy`${{ do: 'list-actions' }} lists what can be changed; ${{ do: 'propose-fix' }} repairs what I find.`;
  // "All pods", "everything": nobody's name, and a wish all the same.
  if (allOf.test(objectOf(wish))) return { headline: `${who} I have touched nothing.`, ...remedyLines([catalogue]) };
  if ('reply' in found) {
    return {
      headline: who,
      ...remedyLines([found.reply.headline, catalogue]),
      suggestions: [...(found.reply.suggestions ?? [])],
      outcome: found.reply.outcome ?? 'answered',
    };
  }
  const [target] = found.objects;
  const proposal =
    found.objects.length > 1 || !isKindName(target.kind)
      ? undefined
      : verbs.find(({ words }) => words.test(asked.toLowerCase()))?.proposal(context, target, wish);
  const common = { objects: [...found.objects], headline: `${who} I have not touched ${namesOf(found.objects)}.` };
  if (found.objects.length > 1) {
    return {
      ...common,
      ...remedyLines([
        `Say which of ${found.objects.length} is meant: ${found.objects.map(refText).join(', ')}.`,
        catalogue,
      ]),
    };
  }
  if (proposal === undefined) return { ...common, ...remedyLines([catalogue]) };
  return { ...common, ...remedyLines([remedy`To propose it: ${proposal}`]) };
}

/** "Restart X", "delete X": a wish, not a question. What reads does not do it, and says who does, and how. */
export const wishForChange: Intent = {
  name: 'wish-for-change',
  example: 'restart web',
  patterns: [
    new RegExp(
      `^(?:rollout (?=undo|restart|pause|resume)|just |now |go |go and |let us |lets |i (?:want|need|would like)(?: you)? to |you (?:should|must|have to) )*(?<verb>${verb}) (?<wish>.+)$`,
      'i',
    ),
    /^(?:turn|switch|power|bring|wake|start) (?<wish>.+?) (?<verb>on|off|up|down|back on|back up)$/i,
    /^(?:take|roll|bring|set) (?<back>.+?) back(?: .*)?$/i,
  ],
  answer: (caught, context) =>
    caught('back') === ''
      ? replyFor(context, caught('verb'), caught('wish'))
      : replyFor(context, 'rollback', caught('back')),
};
