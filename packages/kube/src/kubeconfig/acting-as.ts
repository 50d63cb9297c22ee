import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { isHeaderText } from '../http/header-text.ts';
import type { UserEntry } from './kubeconfig-file.ts';

/** Who is to be acted as by the command line; absent: as the kubeconfig says. */
export interface ActingAs {
  readonly as?: string | undefined;
  readonly asGroup?: readonly string[] | undefined;
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** The uid and whatever else a kubeconfig says of the user to act as. */
function furtherFacts(user: UserEntry): Headers {
  const facts: Record<string, string | readonly string[]> = {};
  if (user['as-uid'] !== '') facts['Impersonate-Uid'] = user['as-uid'];
  for (const [key, values] of Object.entries(user['as-user-extra'] ?? {})) {
    if (!Array.isArray(values)) continue;
    facts[`Impersonate-Extra-${encodeURIComponent(key)}`] = values.filter((v): v is string => typeof v === 'string');
  }
  return facts;
}

function checked(headers: Headers): Headers {
  if (Object.values(headers).flat().every(isHeaderText)) return headers;
  throw new AutoDevOpsError(
    'kubeconfig.invalid',
    'The user or a group to act as is empty, or has characters or spaces that cannot be sent.',
    remedy`Correct ${{ do: 'choose-user' }} and ${{ do: 'choose-groups' }}, or what the kubeconfig says under "as".`,
  );
}

/** The headers that act as somebody: as `--as` says, else as the kubeconfig. Throws `kubeconfig.invalid`. */
export function actingAs({ as: wanted, asGroup }: ActingAs, user: UserEntry | undefined): Headers {
  const own = wanted !== undefined && wanted !== '';
  const as = own ? wanted : (user?.as ?? '');
  const groups = asGroup !== undefined && asGroup.length > 0 ? asGroup : own ? [] : (user?.['as-groups'] ?? []);
  if (as === '') {
    if (groups.length === 0) return {};
    throw new AutoDevOpsError(
      'kubeconfig.invalid',
      'Groups can only be impersonated together with a user.',
      remedy`Pass ${{ do: 'choose-user' }} with ${{ do: 'choose-groups' }}.`,
    );
  }
  return checked({
    'Impersonate-User': as,
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
    ...(own || user === undefined ? {} : furtherFacts(user)),
  });
}
