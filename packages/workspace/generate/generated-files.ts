import { join } from 'node:path';
import { z } from 'zod';
import { BotConfiguration } from '../../../bot/src/configuration/bot-configuration.ts';
import { Configuration } from '../../agentd/src/configuration/configuration.ts';
import { contractVersion } from '../../agentd/src/contract/contract-version.ts';
import { openApiDocument } from '../../agentd/src/openapi/document.ts';
import { PolicyCases } from '../../domain/src/change/policy-case.ts';
import { Policy } from '../../domain/src/change/policy.ts';
import { Diagnosis } from '../../domain/src/diagnosis.ts';
import { LocalDoctor, LocalEvent, LocalRun, LocalStatus } from '../../domain/src/local-cluster.ts';
import { SuppressionFile } from '../../domain/src/suppression.ts';
import { registry } from '../../cli/src/commands/registry.ts';
import { referencePage } from '../../cli/src/help/reference-page.ts';
import { Answer } from '../../domain/src/answer.ts';
import { agentValues, chartRoles } from './agent-chart.ts';
import { botValues } from './bot-chart.ts';
import { chartVersions } from './chart-versions.ts';
import { codePages } from './code-pages.ts';
import { extensionFiles } from './extension-files.ts';
import { policyPage } from './policy-page.ts';
import { slackCommandsPage } from './slack-commands-page.ts';
import { textParametersFile } from './text-parameters.ts';

interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

const root = join(import.meta.dirname, '..', '..', '..');

/** `input` for what people write: what has a default may be left out. */
function schema(path: string, title: string, type: z.ZodType, io: 'input' | 'output' = 'output'): GeneratedFile {
  const json = { title, ...z.toJSONSchema(type, { io }) };
  return { path, text: `${JSON.stringify(json, undefined, 2)}\n` };
}

/** Every file that is made from another: the code pages, the JSON Schemas, the command line's reference. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  return [
    ...codePages(),
    ...extensionFiles(root),
    textParametersFile(),
    { path: 'docs/cli.md', text: await referencePage(registry) },
    slackCommandsPage(),
    schema('docs/schemas/diagnosis.schema.json', 'An answer of Jamie, version 1', Diagnosis),
    schema('docs/schemas/answer.schema.json', 'An answer of Jamie to a question in plain words, version 1', Answer),
    policyPage(root),
    schema('docs/schemas/policy.schema.json', 'What Scarlet may do, and who has to agree, version 1', Policy, 'input'),
    schema('docs/schemas/policy-cases.schema.json', 'Cases of a policy, version 1', PolicyCases, 'input'),
    schema('docs/schemas/configuration.schema.json', 'What an agent is started from', Configuration, 'input'),
    schema('docs/schemas/bot-configuration.schema.json', 'What the bot is started from', BotConfiguration, 'input'),
    schema('extension/schemas/configuration.schema.json', 'What an agent is started from', Configuration, 'input'),
    {
      path: 'docs/schemas/agentd.openapi.json',
      text: `${JSON.stringify(openApiDocument(String(contractVersion)), undefined, 2)}\n`,
    },
    schema(
      'docs/schemas/local-event.schema.json',
      'What happens to a local cluster: a line of `-o jsonl`, version 1',
      LocalEvent,
    ),
    schema('docs/schemas/local-run.schema.json', 'What a run on a local cluster came to, version 1', LocalRun),
    schema('docs/schemas/local-status.schema.json', 'How a local cluster stands, version 1', LocalStatus),
    schema(
      'docs/schemas/local-doctor.schema.json',
      'What stands in the way of a local cluster, version 1',
      LocalDoctor,
    ),
    schema('deploy/charts/agent/values.schema.json', "Values of the agent's chart", agentValues(root), 'input'),
    schema('deploy/charts/bot/values.schema.json', "Values of the bot's chart", botValues(), 'input'),
    ...chartRoles(root),
    ...chartVersions(root),
    schema('docs/schemas/suppressions.schema.json', 'Known findings that are not reported', SuppressionFile),
  ];
}
