import { z } from 'zod';
import { anyText, flag, text } from './argument.ts';
import { method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

/** The app itself: its tokens, its connections. https://docs.slack.dev/reference/methods */
export const appMethods: readonly SlackMethod[] = [
  method({
    name: 'api.test',
    token: 'none',
    tier: 4,
    arguments: { error: text.optional(), foo: anyText.optional() },
    errors: [],
  }),
  method({
    name: 'auth.test',
    tier: 'special',
    arguments: {},
    errors: ['user_removed_from_team', 'team_access_not_granted'],
  }),
  method({ name: 'auth.revoke', tier: 3, arguments: { test: flag.optional() }, errors: ['not_authed'] }),
  method({
    name: 'oauth.v2.access',
    token: 'none',
    tier: 4,
    arguments: {
      client_id: text.optional(),
      client_secret: text.optional(),
      code: text.optional(),
      redirect_uri: anyText.optional(),
      grant_type: z.enum(['authorization_code', 'refresh_token']).optional(),
      refresh_token: text.optional(),
      code_verifier: text.optional(),
    },
    errors: [
      'invalid_client_id',
      'bad_client_secret',
      'invalid_code',
      'bad_redirect_uri',
      'oauth_authorization_url_mismatch',
      'invalid_grant_type',
      'invalid_refresh_token',
      'no_scopes',
      'preview_feature_not_available',
      'cannot_install_an_org_installed_app',
    ],
  }),
  method({
    name: 'apps.connections.open',
    token: 'app',
    scopes: ['connections:write'],
    tier: 1,
    arguments: {},
    errors: ['forbidden_team', 'not_allowed_token_type'],
  }),
  method({
    name: 'apps.manifest.export',
    token: 'configuration',
    tier: 3,
    arguments: { app_id: text },
    errors: ['app_not_eligible', 'app_not_found', 'app_not_owned_by_manager_app', 'failed_export', 'invalid_app_id'],
  }),
  method({
    name: 'apps.uninstall',
    tier: 1,
    arguments: { client_id: text, client_secret: text },
    errors: ['invalid_client_id', 'bad_client_secret', 'client_id_token_mismatch'],
  }),
];
