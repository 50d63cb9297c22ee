import { listed } from '@autodevops/domain/count-words';
import type { Container } from '@autodevops/domain/kubernetes/pod';
import { templatesOf } from '../../templates-of.ts';
import { after } from '../condition.ts';
import type { Asked, ReadCondition } from '../condition.ts';
import type { Subject } from '../subject.ts';

type Source = 'ConfigMap' | 'Secret' | undefined;

interface Variable {
  readonly name: string;
  readonly source: Source;
}

function variablesOf({ env, envFrom }: Container): readonly Variable[] {
  const own = env.map(({ name, valueFrom }): Variable => ({
    name,
    source:
      valueFrom?.secretKeyRef !== undefined
        ? 'Secret'
        : valueFrom?.configMapKeyRef !== undefined
          ? 'ConfigMap'
          : undefined,
  }));
  // What all keys of a source are called is not known of a Secret that nobody reads.
  const whole = envFrom.map(({ secretRef }): Variable => ({
    name: '',
    source: secretRef === undefined ? 'ConfigMap' : 'Secret',
  }));
  return [...own, ...whole];
}

function named({ context }: Asked, { ref }: Subject): readonly Variable[] {
  return templatesOf(context.snapshot, [ref]).flatMap(({ spec }) =>
    [...spec.initContainers, ...spec.containers].flatMap(variablesOf),
  );
}

const wanted =
  /^(?:(?:that )?(?:with|have|has|having|sets?|setting|uses?|using|reads?|reading|gets?|defines?|takes?) )+(?:the |an? |any |its |their )*(?:(?:env(?:ironment)?(?: ?vars?)?|environment)(?: variables?)?|variables?)?(?: ?(?<name>[A-Z][A-Z0-9_]{2,}))?(?: variable)?(?: set| defined)?(?: from (?:the |an? |any )*(?<source>[Ss]ecrets?|[Cc]onfig ?[Mm]aps?))?(?= |$)/;

/** "With DATABASE_URL set", "that read QUEUE_NAME from a config map", "with env from a secret". */
export const readVariable: ReadCondition = (words, asked) => {
  const match = wanted.exec(words);
  const { name = '', source: from } = match?.groups ?? {};
  if (match === null || (name === '' && !/\b(?:env\w*|variables?)\b/.test(match[0]))) return undefined;
  const source: Source = from === undefined ? undefined : /^secret/i.test(from) ? 'Secret' : 'ConfigMap';
  const fits = (variable: Variable): boolean =>
    (name === '' || variable.name === name) && (source === undefined || variable.source === source);
  return {
    condition: {
      said: `with ${name === '' ? 'a variable' : `variable ${name}`}${source === undefined ? '' : ` from a ${source}`}`,
      fits: (subject) => named(asked, subject).some(fits),
      shown: {
        column: 'variables',
        of: (subject) =>
          listed(
            [
              ...new Set(
                named(asked, subject)
                  .filter(fits)
                  .map(({ name: one }) => (one === '' ? 'all of a source' : one)),
              ),
            ],
            6,
          ),
      },
    },
    rest: after(words, match),
  };
};
