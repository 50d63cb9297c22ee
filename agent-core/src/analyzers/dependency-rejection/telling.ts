import type { CodeEntry } from '@autodevops/domain/finding';
import { whatFollows, whatIsMissed, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { said } from '../../reading/said.ts';
import {
  certificateExpired,
  credentialsRejected,
  databaseMissing,
  dependencyVersion,
  hostKeyUnknown,
  migrationFailed,
  migrationHistory,
  migrationLocked,
  operationLocked,
  protocolMismatch,
  readOnlyMember,
  resourceMissing,
  schemaBehind,
  setupDiffers,
  storageFull,
  tooManyConnections,
} from './codes.ts';

/** A certificate may also be its own, which it reads from a file. */
function speaksOfConnection({ verdict }: TroubledContainer): boolean {
  return /tls:|ssl|handshake|dial|connect|:\/\/|remote|peer|server/.test(verdict.line.lower);
}

/** The server that a client of SSH names: `No ED25519 host key is known for git.example and you have requested strict checking`. */
function sshHost({ verdict }: TroubledContainer): string {
  const named = verdict.nearby
    .map(({ text }) => /(?:known for|host key for) \[?([\w.-]{1,253})/i.exec(text)?.[1])
    .find((host) => host !== undefined);
  return named === undefined ? 'the SSH server' : `"${named}"`;
}

/** What the program finds of the schema in a database. */
export const ofSchema = new Map<CodeEntry, (database: string) => string>([
  [schemaBehind, (database) => `finds that the schema of ${database} is not the one that it expects`],
  [migrationLocked, (database) => `waits for the lock under which migrations of ${database} run`],
  [migrationFailed, (database) => `finds that an earlier migration of ${database} failed, which must be settled first`],
  [migrationHistory, (database) => `finds that the migrations of ${database} are not those that it brings`],
]);

/** What a server does not do as the program wants it. */
const ofServer = new Map<CodeEntry, (server: string) => string>([
  [resourceMissing, (server) => `asks ${server} for something that it does not have`],
  [protocolMismatch, (server) => `does not speak the protocol of ${server}`],
  [dependencyVersion, (server) => `does not fit ${server} in version`],
  [setupDiffers, (server) => `expects ${server} to be set up in another way than it is`],
  [readOnlyMember, (server) => `writes to ${server}, which may only be read`],
]);

/** The cause in a sentence. */
export function sentence(code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): string {
  const who = whoSpeaks(troubled);
  const then = whatFollows(troubled);
  const known = missed.dependency.host !== '';
  const what = whatIsMissed(missed);
  if (code === credentialsRejected) {
    return `${who} is turned away by ${what} because ${givesNone(troubled) ? 'it gives no password' : 'its credentials or rights are not accepted'}, ${then}: ${said(tellingPart(troubled.verdict.line), 240)}.`;
  }
  if (code === tooManyConnections) {
    return `${who} gets no connection to ${what} because there are too many, ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  if (code === storageFull) {
    return `${who} may not write to ${known ? what : 'the server that it uses'}, which has no room left, ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  if (code === databaseMissing) {
    return `${who} asks for a database that ${known ? what : 'the server'} does not have, ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  if (code === operationLocked) {
    return `${who} finds that another run holds the lock of what it is to change, ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  if (code === hostKeyUnknown) {
    return `${who} does not know the host key of ${sshHost(troubled)} ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  const aboutServer = ofServer.get(code);
  if (aboutServer !== undefined) {
    return `${who} ${aboutServer(known ? what : 'a server that it uses')}, ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  const aboutSchema = ofSchema.get(code);
  if (aboutSchema !== undefined) {
    return `${who} ${aboutSchema(known ? what : 'its database')}, ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  const connection = known
    ? `in its connection to ${what} `
    : speaksOfConnection(troubled)
      ? 'in one of its connections '
      : '';
  return code === certificateExpired
    ? `${who} meets an expired certificate ${connection}${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`
    : `${who} does not trust a certificate ${connection}${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
}

/** It was asked for a password and had none to give. */
export function givesNone({ verdict }: TroubledContainer): boolean {
  return [
    'noauth ',
    'no password supplied',
    'client password must be a string',
    'without any password',
    '(using password: no)',
  ].some((words) => verdict.line.lower.includes(words));
}

const ofRights = [
  'authorization',
  'not authorized',
  'permission',
  'privilege',
  'noperm',
  'accesscontrol',
  'gated repo',
  'must have access',
];

/** Who it is was accepted; what it wants to do is not allowed to it. */
export function lacksRights({ verdict }: TroubledContainer): boolean {
  // NATS calls a log-in that fails an authorization violation, Vault one that it denies a missing permission.
  const ofLogin = ['authorization violation', '* permission denied'];
  if (ofLogin.some((words) => verdict.line.lower.includes(words))) return false;
  return ofRights.some((words) => verdict.line.lower.includes(words));
}
