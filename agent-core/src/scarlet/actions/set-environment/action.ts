import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import type { FieldPath } from '../../patches/field-patch.ts';
import { givenByPerson } from '../../given-by-person.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { looksSecret } from '../../secrets/looks-secret.ts';
import { missingConfiguration } from '../../standing/missing-configuration.ts';
import { refuse } from '../../refusal.ts';
import { rollingTarget } from '../../targets/rolling-target.ts';
import { newSecretNotes, newSecrets } from '../../secrets/secret-access.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { putBack, templateStanding } from '../../standing/template-standing.ts';
import { containerPlace, templateKinds, templatePath } from '../../targets/workload-template.ts';
import { Params, choosesCode, entryOf, sourceText } from './variable.ts';

/** Where the variable stands, or would be added: the last of a name is the one that holds. */
function placeOf(workload: Manifest, env: FieldPath, name: string): FieldPath {
  const entries = fieldAt(workload, env);
  const list: readonly unknown[] = Array.isArray(entries) ? entries : [];
  const at = list.findLastIndex((entry) => fieldAt(entry, ['name']) === name);
  return [...env, at < 0 ? list.length : at];
}

async function checkSource(request: TypedRequest<Params>, live: Live): Promise<void> {
  const { target, params } = request;
  const { value, configMapKey, secretKey } = params;
  if (value !== undefined) {
    givenByPerson(request, 'The value of a variable');
    if (looksSecret(params.name, value)) {
      refuse(
        'The value looks like a secret: it would stand in the manifest and in the record of this change.',
        'Put it into a Secret and refer to its key.',
      );
    }
  }
  const source = configMapKey ?? secretKey;
  if (source === undefined) return;
  const missing = await missingConfiguration(
    { kind: secretKey === undefined ? 'ConfigMap' : 'Secret', ...source },
    target.namespace,
    live,
  );
  if (missing !== undefined) refuse(`There is no ${missing}.`, 'Create it first, or choose another.');
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const { target, params } = request;
  const workload = await rollingTarget(target, live);
  const place = containerPlace(workload, params.container);
  await checkSource(request, live);
  const at = placeOf(workload, [...place.path, 'env'], params.name);
  const before = fieldAt(workload, at);
  const where = `variable ${params.name} of container "${place.name}" of ${refText(target)}`;
  if (before !== undefined && canonicalJson(before) === canonicalJson(entryOf(params))) {
    return refuse(`The ${where} is so already.`, 'Nothing is to be done.');
  }
  const secrets = await newSecrets(fieldAt(workload, templatePath(workload)), entryOf(params), target.namespace, live);
  const secret = looksSecret(params.name, String(fieldAt(before, ['value']) ?? ''));
  return await templateChange(
    workload,
    {
      steps: [...place.guard, ...setField(workload, at, entryOf(params))],
      sentences: inThreeTenses(['Set', 'Setting', 'Set'], `${where} to ${sourceText(params)}`),
      back: before === undefined ? 'Removes the variable again.' : 'Sets the variable back as it was.',
      notes: [
        before === undefined
          ? 'The container does not have the variable yet.'
          : 'The variable has another value or source.',
        ...(choosesCode(params.name) ? [`${params.name} decides which code runs.`] : []),
        ...newSecretNotes(secrets),
      ],
      ...(choosesCode(params.name) || secret || secrets.length > 0 ? { risk: 'high' as const } : {}),
    },
    live,
  );
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const workload = await liveTarget(target, live);
  const { path } = containerPlace(workload, params.container);
  const now = fieldAt(workload, placeOf(workload, [...path, 'env'], params.name));
  const stands = now !== undefined && canonicalJson(now) === canonicalJson(entryOf(params));
  return stands ? templateStanding(workload) : putBack(workload, `variable ${params.name} as it was set`);
}

export const setEnvironment = action<Params>({
  name: 'set-environment',
  title: 'Set an environment variable',
  kinds: templateKinds,
  params: Params,
  risk: 'medium',
  patience: 600,
  plan,
  verify,
});
