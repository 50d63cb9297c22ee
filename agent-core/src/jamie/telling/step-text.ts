import type { Finding } from '@autodevops/domain/finding';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { isPlainWord } from '../../reading/plain-word.ts';

/** The container that a finding quotes: `app` of `status.containerStatuses[name=app]`, of `app (previous)` of a log. */
function containerOf({ evidence }: Finding): string {
  for (const { source, path = '' } of evidence) {
    const named =
      source === 'log' ? path.replace(/ \(previous\)$/, '') : /[cC]ontainerStatuses\[name=([^\]]+)\]/.exec(path)?.[1];
    if (named !== undefined && named !== '') return named;
  }
  return '';
}

interface Names {
  readonly pod: ObjectRef | undefined;
  readonly container: string;
  readonly objects: readonly ObjectRef[];
}

function nameOf(names: Names, kind: string): string | undefined {
  return names.objects.find((ref) => ref.kind.toLowerCase() === kind)?.name;
}

/** One command between back-quotes, with the names that are known; as it is where one is not, or is no plain word. */
function filled(command: string, names: Names): string {
  const { pod, container } = names;
  const wanted = new Map<string, string | undefined>([
    ['POD', pod?.name],
    ['CONTAINER', container === '' ? undefined : container],
    ['INIT-CONTAINER', container === '' ? undefined : container],
    ['NODE', nameOf(names, 'node')],
  ]);
  const text = command
    .replaceAll(/(?<=\s)(?:INIT-CONTAINER|CONTAINER|POD|NODE)(?=\s|$)/g, (word) => wanted.get(word) ?? word)
    .replaceAll('service-name=NAME', () => `service-name=${nameOf(names, 'service') ?? 'NAME'}`)
    .replaceAll(
      /\b(pod|job|cronjob|deployment|statefulset|daemonset)([ /])NAME\b/g,
      (whole, kind: string, gap: string) => {
        const name = nameOf(names, kind);
        return name === undefined ? whole : `${kind}${gap}${name}`;
      },
    );
  const used = [pod?.name ?? '', container, ...names.objects.map((ref) => ref.name)].filter(
    (word) => word !== '' && text.includes(word),
  );
  const namespace = pod?.namespace ?? names.objects[0]?.namespace ?? '';
  if (text === command || [...used, namespace].some((word) => word !== '' && !isPlainWord(word))) return command;
  const needsNamespace =
    namespace !== '' &&
    text.startsWith('kubectl ') &&
    !/ (?:-n|-A|--namespace) /.test(`${text} `) &&
    !/ (?:uncordon|cordon|taint|get node) /.test(text);
  return needsNamespace ? text.replace('kubectl ', `kubectl -n ${namespace} `) : text;
}

/**
 * A step of the catalogue with the names of this cause in its commands: `kubectl logs POD -c CONTAINER --previous`
 * becomes what can be pasted. Names that a shell could take for more than a word are left out.
 */
export function stepText(step: string, speaker: Finding, object: ObjectRef): string {
  if (!step.includes('`')) return step;
  const pod = speaker.object.kind === 'Pod' ? speaker.object : undefined;
  const names: Names = { pod, container: containerOf(speaker), objects: [speaker.object, object] };
  return step.replaceAll(/`([^`]+)`/g, (_, command: string) => `\`${filled(command, names)}\``);
}
