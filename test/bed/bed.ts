import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { DELIVERY_TOOLS, goTool } from './build/go-tools.ts';
import { kindBuild, kindDown, kindUp } from './cluster/kind.ts';
import { DEFAULT_NAMES, listBeds, readState, type BedState, type Layer } from './cluster/state.ts';
import { controlPlaneBuild, controlPlaneDown, controlPlaneUp, endAbandoned } from './control-plane/control-plane.ts';
import { endChildrenOnSignal } from './host/command.ts';
import { BedError, EXIT, messageOf } from './host/failure.ts';
import { silence } from './host/progress.ts';
import { alertmanagerProgram, prometheusPrograms, whyNoMonitoring } from './monitoring/programs.ts';
import { statusOf, statusOfAll, statusText, type BedStatus } from './status.ts';

const HELP = `The test bed: a real Kubernetes for the tests, also on a machine without a registry.

Usage: npm run bed -- build|up|down|status [options]

  build    makes what the bed runs of, giving way to whatever else runs; starts nothing
  up       starts the bed, or finds it running; prints the path of its kubeconfig
  down     ends it (with --all: every bed of this cache)
  status   says whether it runs (with --all: for every bed)

Options
  --layer kind            a Kind cluster of three nodes (default)
  --layer control-plane   etcd, kube-apiserver, kube-controller-manager and kube-scheduler as processes; no nodes
                          (down and status of a bed that is known see which layer it is)
  --name NAME             several beds may run side by side (default ${DEFAULT_NAMES.kind}, ${DEFAULT_NAMES['control-plane']})
  --output json|text      for up and status (default text)
  --all                   for down and status
  --tools                 for build: what the suite "tools" delivers with, beside a control plane
  --quiet                 no progress lines
  --help

Environment
  BED_NODE_IMAGE=build|pull   where the Kind node image comes from (default: pull when Docker runs and a registry answers)
  AUTODEVOPS_BED_CACHE        where everything is kept (default ~/.cache/autodevops-bed)

Exit codes: 0 done, 1 failed, 64 wrong usage, 69 something that is needed is missing; status gives 1 when the bed does not run.
`;

type Request = {
  command: 'build' | 'up' | 'down' | 'status';
  layer: Layer;
  name: string;
  json: boolean;
  all: boolean;
  tools: boolean;
};

function usage(message: string): BedError {
  return new BedError(message, 'npm run bed -- --help lists what there is.', EXIT.usage);
}

function parse(args: readonly string[]): Request | 'help' {
  const { values, positionals } = parseWords(args);
  if (values.help || positionals[0] === 'help') return 'help';
  if (values.quiet) silence();
  const [command, ...rest] = positionals;
  if (command !== 'build' && command !== 'up' && command !== 'down' && command !== 'status') {
    throw usage(command === undefined ? 'Say build, up, down or status.' : `There is no command "${command}".`);
  }
  if (rest.length > 0) throw usage(`"${rest.join(' ')}" is too much.`);
  if (values.layer !== 'kind' && values.layer !== 'control-plane') throw usage(`There is no layer "${values.layer}".`);
  if (values.output !== 'text' && values.output !== 'json') throw usage(`There is no output "${values.output}".`);
  if (values.all && (command === 'build' || command === 'up')) throw usage('--all goes with down and status.');
  if (values.tools && command !== 'build') throw usage('--tools goes with build.');
  return {
    command,
    tools: values.tools,
    layer: values.layer,
    name: values.name ?? DEFAULT_NAMES[values.layer],
    json: values.output === 'json',
    all: values.all,
  };
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        layer: { type: 'string', default: 'kind' },
        name: { type: 'string' },
        output: { type: 'string', default: 'text' },
        all: { type: 'boolean', default: false },
        tools: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw usage(messageOf(error));
  }
}

async function build({ layer, tools }: Request): Promise<number> {
  setPriority(10);
  await (layer === 'kind' && !tools ? kindBuild() : controlPlaneBuild());
  // Small beside a cluster, and the suite "contract" tells alerts of it.
  if ((await whyNoMonitoring()) === undefined) await Promise.all([prometheusPrograms(), alertmanagerProgram()]);
  if (tools) for (const tool of DELIVERY_TOOLS) await goTool(tool);
  return EXIT.ok;
}

async function up(request: Request): Promise<number> {
  await endAbandoned();
  await (request.layer === 'kind' ? kindUp(request.name) : controlPlaneUp(request.name));
  const status = await statusOf(request.name, request.layer);
  print(request.json ? status : status.kubeconfig);
  return EXIT.ok;
}

async function down(request: Request): Promise<number> {
  const beds: Pick<BedState, 'name' | 'layer'>[] = request.all ? listBeds() : [readState(request.name) ?? request];
  for (const bed of beds) await (bed.layer === 'kind' ? kindDown(bed.name) : controlPlaneDown(bed.name));
  return EXIT.ok;
}

async function status(request: Request): Promise<number> {
  const all: BedStatus[] = request.all ? await statusOfAll() : [await statusOf(request.name, request.layer)];
  if (request.json) print(request.all ? all : all[0]);
  else print(all.map(statusText).join('\n') || 'no bed');
  return all.every((one) => one.running) ? EXIT.ok : EXIT.failed;
}

function print(result: unknown): void {
  process.stdout.write(`${typeof result === 'string' ? result : JSON.stringify(result, undefined, 2)}\n`);
}

async function main(args: readonly string[]): Promise<number> {
  const request = parse(args);
  if (request === 'help') {
    process.stdout.write(HELP);
    return EXIT.ok;
  }
  return await { build, up, down, status }[request.command](request);
}

endChildrenOnSignal();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(
    error instanceof BedError
      ? `bed: ${error.message}\n     ${error.advice}\n`
      : `bed: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = error instanceof BedError ? error.exitCode : EXIT.failed;
}
