import { z } from 'zod';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Settings } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';

/** Under this name every process finds it in the settings. */
export const killSwitchSetting = 'kill-switch';

export const KillSwitch = z.strictObject({
  on: z.boolean(),
  by: z.string().describe('who turned it, for people to read; empty when nobody ever did'),
  account: z.string().optional().describe('of who turned it'),
  why: z.string(),
  since: z.string().describe('ISO 8601 in UTC; empty when nobody ever turned it'),
});
export type KillSwitch = Readonly<z.infer<typeof KillSwitch>>;

const never: KillSwitch = { on: false, by: '', why: '', since: '' };
const unreadable: KillSwitch = { on: true, by: '', why: 'What is stored about it cannot be read.', since: '' };

/** As it stands for every process. What cannot be understood counts as on. */
export async function killSwitch(settings: Settings): Promise<KillSwitch> {
  const stored = await settings.get(killSwitchSetting);
  if (stored === undefined || stored === null) return never;
  const read = KillSwitch.safeParse(stored);
  return read.success ? read.data : unreadable;
}

export interface Turn {
  readonly on: boolean;
  readonly actor: Actor;
  readonly why: string;
  /** In milliseconds. */
  readonly now: number;
}

/** Turns it, for every process and across restarts, and writes it to the audit log in the same moment. */
export async function turnKillSwitch(settings: Settings, { on, actor, why, now }: Turn): Promise<KillSwitch> {
  const since = new Date(now).toISOString();
  const value: KillSwitch = { on, by: actor.name, account: actor.account, why, since };
  const says = `${actor.name} turned the kill switch ${on ? 'on' : 'off'}${why === '' ? '.' : `: ${why}`}`;
  const entry: AuditEntry = {
    code: on ? 'KSW001' : 'KSW002',
    time: since,
    actor,
    onBehalfOf: '',
    subject: killSwitchSetting,
    success: true,
    says,
    details: { why },
  };
  await settings.put(
    killSwitchSetting,
    value,
    [entry],
    [
      {
        time: since,
        topic: `kill-switch.${on ? 'on' : 'off'}`,
        subject: killSwitchSetting,
        data: { by: actor.name, why },
      },
    ],
  );
  return value;
}

/** `change.stopped` while it is on. */
export function stopOf({ on, by, why }: KillSwitch): AutoDevOpsError | undefined {
  if (!on) return undefined;
  const reason = why === '' ? '' : `: ${why.replace(/\.$/, '')}`;
  return new AutoDevOpsError(
    'change.stopped',
    `The kill switch is on${by === '' ? '' : ` (${by})`}${reason}.`,
    remedy`Nothing is changed until a person turns it off (${{ do: 'turn-kill-switch-off' }}).`,
  );
}

/** Throws `change.stopped` while it is on. */
export function refuseWhileOn(killSwitch: KillSwitch): void {
  const stop = stopOf(killSwitch);
  if (stop !== undefined) throw stop;
}
