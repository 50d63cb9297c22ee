import type { Installation } from '../state/apps.ts';
import type { Acting } from './acting.ts';

/** What every interaction's payload begins with. https://docs.slack.dev/reference/interaction-payloads */
export function payloadBase(acting: Acting, installation: Installation): Record<string, unknown> {
  const { world, user, strangersTeam } = acting;
  const own = installation.team ?? user.team;
  const team = strangersTeam === 'home' ? user.team : own;
  const { enterprise } = team;
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team.id },
    api_app_id: installation.app.id,
    token: installation.app.verificationToken,
    team: {
      id: team.id,
      domain: team.domain,
      ...(enterprise === undefined ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    },
    enterprise: enterprise === undefined ? null : { id: enterprise.id, name: enterprise.name },
    is_enterprise_install: installation.team === undefined,
    trigger_id: world.triggers.issue({ app: installation.app.id, team: own.id, user: user.id }),
  };
}
