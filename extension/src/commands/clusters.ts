import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import { subjectOf } from '../tree/subject.ts';
import type { CommandHandler } from './command.ts';

export const switchContext: CommandHandler = async (parts, argument) => {
  const subject = subjectOf(argument);
  await parts.clusters.refresh();
  const { contexts, chosen, problem } = parts.clusters.state.value;
  if (contexts.length === 0) {
    if (problem !== undefined) throw problem;
    await parts.people.tell('information', t('No kubeconfig names a cluster. Start a local one, or run the doctor.'));
    return;
  }
  const name =
    subject?.type === 'context'
      ? subject.name
      : await parts.people.pick(
          contexts.map((one) => ({
            label: oneLine(one.name, 120),
            description: [
              one.local ? t('local') : t('read-only'),
              ...(one.name === chosen?.name ? [t('chosen')] : []),
            ].join(', '),
            detail: oneLine(one.server, 200),
            value: one.name,
          })),
          { title: t('Switch Context') },
        );
  if (name !== undefined) await parts.clusters.choose(name);
};

/** Who types the cluster's name has looked at it. */
export const unlockCluster: CommandHandler = async (parts) => {
  const { chosen, locked } = parts.clusters.state.value;
  if (chosen === undefined || !locked) return;
  const typed = chosen.local
    ? chosen.name
    : await parts.people.enter({
        title: t('Allow Changes in This Session'),
        prompt: t(
          'The cluster is not local. Type its context, {0}, to allow changes until this window is closed.',
          oneLine(chosen.name, 120),
        ),
        check: (text) => (text === chosen.name ? undefined : t('That is not its name.')),
      });
  if (typed === chosen.name) parts.clusters.unlock();
};

export const lockCluster: CommandHandler = async (parts) => {
  parts.clusters.lock();
};

export const lookAgain: CommandHandler = async (parts, _argument, signal) => {
  await parts.folderConfigs.refresh();
  await parts.clusters.refresh();
  await parts.local.status(signal).catch(() => undefined);
  if (parts.clusters.state.value.chosen === undefined) return;
  parts.agent.again();
  parts.problems.again();
  parts.changes.follow();
};
