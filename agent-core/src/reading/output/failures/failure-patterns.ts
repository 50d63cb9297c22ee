import type { FailurePattern } from './failure-pattern.ts';
import { ofConfiguration } from './patterns/configuration.ts';
import { ofConnections } from './patterns/connections.ts';
import { ofDependencyLogin } from './patterns/dependency-login.ts';
import { ofDependencySetup } from './patterns/dependency-setup.ts';
import { ofHardware } from './patterns/hardware.ts';
import { ofKeysAndCertificates } from './patterns/keys-and-certificates.ts';
import { ofKubernetesPermission } from './patterns/kubernetes-permission.ts';
import { ofMigrations } from './patterns/migrations.ts';
import { ofNameResolution } from './patterns/name-resolution.ts';
import { ofOwnData } from './patterns/own-data.ts';
import { ofProgramParts } from './patterns/program-parts.ts';
import { ofRights } from './patterns/rights.ts';
import { ofSystemLimits } from './patterns/system-limits.ts';
import { ofUncaught } from './patterns/uncaught.ts';
import { ofVariables } from './patterns/variables.ts';

/** What programs print when something fails. The first that fits speaks, so the more telling stand before the more general. */
export const failurePatterns: readonly FailurePattern[] = [
  ...ofKubernetesPermission,
  ...ofOwnData,
  ...ofKeysAndCertificates,
  ...ofDependencySetup,
  ...ofMigrations,
  ...ofDependencyLogin,
  ...ofNameResolution,
  ...ofSystemLimits,
  ...ofHardware,
  ...ofConnections,
  ...ofVariables,
  ...ofRights,
  ...ofProgramParts,
  ...ofConfiguration,
  ...ofUncaught,
];
