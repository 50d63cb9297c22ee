import { z } from 'zod';
import { settingsPrefix } from '../settings/read-settings.ts';
import { Settings } from '../settings/settings.ts';
import { participant, slashCommands } from './chat.ts';
import { checkTask, problemMatcher } from './check-task.ts';
import { commandEntry, commandIds } from './commands.ts';
import { languageModelTools } from './language-model-tools.ts';
import { Localised } from './localised.ts';
import { mcpProvider } from './mcp.ts';
import { menus } from './menus.ts';
import { toolInputs } from './tool-inputs.ts';
import { container, views } from './views.ts';
import { walkthrough } from './walkthrough.ts';
import { welcomes } from './welcome.ts';
import { never } from './when.ts';

const category = 'Auto-DevOps';
/** Ctrl+Alt+J is free in every keymap that Visual Studio Code ships; what follows it is the command's own. */
const prefix = 'ctrl+alt+j';

type Json = Readonly<Record<string, unknown>>;

function commandsOf(texts: Localised): readonly Json[] {
  return commandIds.map((id) => {
    const { title, icon, enabled } = commandEntry(id);
    return {
      command: id,
      title: texts.text(`command.${id}`, title),
      category,
      enablement: enabled,
      ...(icon === undefined ? {} : { icon: `$(${icon})` }),
    };
  });
}

function keybindingsOf(): readonly Json[] {
  return commandIds.flatMap((id) => {
    const { keys, enabled } = commandEntry(id);
    return keys === undefined ? [] : [{ command: id, key: `${prefix} ${keys}`, when: enabled }];
  });
}

function menusOf(): Json {
  const hidden = commandIds
    .filter((id) => commandEntry(id).onItemsOnly === true)
    .map((command) => ({ command, when: never }));
  return { commandPalette: hidden, ...menus };
}

function viewsOf(texts: Localised): Json {
  const all = Object.entries(views).map(([id, { name, icon, kind, visibility, share }]) => ({
    id,
    name: texts.text(`view.${id}`, name),
    icon: `$(${icon})`,
    type: kind,
    visibility,
    initialSize: share,
  }));
  return { [container.id]: all };
}

function welcomesOf(texts: Localised): readonly Json[] {
  return welcomes.map(({ view, when, lines }, index) => ({
    view,
    when,
    contents: texts.text(`welcome.${view}.${index}`, lines.join('\n')),
  }));
}

function walkthroughOf(texts: Localised): Json {
  const { id, title, description, steps } = walkthrough;
  return {
    id,
    title: texts.text('walkthrough.title', title),
    description: texts.text('walkthrough.description', description),
    steps: steps.map((step) => ({
      id: step.id,
      title: texts.text(`walkthrough.${step.id}.title`, step.title),
      description: texts.text(`walkthrough.${step.id}.text`, step.lines.join('\n')),
      media: { svg: step.media, altText: texts.text(`walkthrough.${step.id}.media`, step.mediaText) },
      completionEvents: step.done,
    })),
  };
}

function settingOf(name: string, shape: z.ZodType, texts: Localised): Json {
  const {
    $schema: _schema,
    restricted: _restricted,
    markdownDescription,
    markdownEnumDescriptions,
    ...json
  } = z.toJSONSchema(shape, { io: 'input', target: 'draft-7' }) as Record<string, unknown>;
  return {
    ...json,
    markdownDescription: texts.text(`setting.${name}`, String(markdownDescription)),
    ...(markdownEnumDescriptions === undefined
      ? {}
      : {
          markdownEnumDescriptions: (markdownEnumDescriptions as string[]).map((text, index) =>
            texts.text(`setting.${name}.${index}`, text),
          ),
        }),
  };
}

function configurationOf(texts: Localised): Json {
  const properties = Object.entries(Settings.shape).map(([name, shape], order) => [
    `${settingsPrefix}.${name}`,
    { ...settingOf(name, shape, texts), order },
  ]);
  return { title: category, properties: Object.fromEntries(properties) as unknown };
}

function toolsOf(texts: Localised): readonly Json[] {
  return (Object.keys(toolInputs) as (keyof typeof toolInputs)[]).map((name) => {
    const { title, reference, says, forModels } = languageModelTools[name];
    const { $schema: _schema, ...inputSchema } = z.toJSONSchema(toolInputs[name], {
      io: 'input',
      target: 'draft-7',
    }) as Record<string, unknown>;
    return {
      name,
      displayName: texts.text(`tool.${name}`, title),
      userDescription: texts.text(`tool.${name}.says`, says),
      modelDescription: forModels,
      canBeReferencedInPrompt: true,
      toolReferenceName: `jamie_${reference}`,
      icon: '$(pulse)',
      when: `config.${settingsPrefix}.chat.tools`,
      tags: ['kubernetes'],
      inputSchema,
    };
  });
}

function participantOf(texts: Localised): Json {
  const { id, name, fullName, description } = participant;
  const commands = Object.entries(slashCommands).map(([command, says]) => ({
    name: command,
    description: texts.text(`chat.${command}`, says),
  }));
  return {
    id,
    name,
    fullName,
    description: texts.text('chat.description', description),
    isSticky: true,
    when: `config.${settingsPrefix}.chat.participant`,
    commands,
  };
}

function restricted(): readonly string[] {
  return Object.entries(Settings.shape)
    .filter(([, shape]) => z.globalRegistry.get(shape)?.['restricted'] === true)
    .map(([name]) => `${settingsPrefix}.${name}`);
}

/** What of the manifest is made from the tables, and the texts that belong to it. */
export function manifestParts(): { readonly manifest: Json; readonly texts: string } {
  const texts = new Localised();
  const manifest = {
    displayName: texts.text('displayName', 'Auto-DevOps'),
    description: texts.text(
      'description',
      'Jamie reads a Kubernetes cluster and says what is wrong; Scarlet repairs it under your policy. Works offline, with a local Kind cluster.',
    ),
    publisher: 'autodevops',
    icon: 'media/icon.png',
    categories: ['Linters', 'Chat', 'AI', 'Other'],
    keywords: [
      'kubernetes',
      'k8s',
      'kind',
      'kubectl',
      'helm',
      'kustomize',
      'yaml',
      'devops',
      'diagnosis',
      'troubleshooting',
      'incidents',
    ],
    pricing: 'Free',
    qna: 'marketplace',
    galleryBanner: { color: '#16233a', theme: 'dark' },
    l10n: './l10n',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description: texts.text(
          'trust',
          'In a folder that is not trusted nothing is read from it, no program is started and no cluster is spoken to.',
        ),
        restrictedConfigurations: restricted(),
      },
      virtualWorkspaces: {
        supported: 'limited',
        description: texts.text('virtual', 'Clusters work as ever; files of a virtual folder are not read.'),
      },
    },
    contributes: {
      commands: commandsOf(texts),
      keybindings: keybindingsOf(),
      menus: menusOf(),
      viewsContainers: {
        activitybar: [{ id: container.id, title: texts.text('container', container.title), icon: container.icon }],
      },
      views: viewsOf(texts),
      viewsWelcome: welcomesOf(texts),
      walkthroughs: [walkthroughOf(texts)],
      configuration: configurationOf(texts),
      // Pages of plain text: for reading, so they are wrapped and have no numbers.
      languages: [{ id: 'autodevops', aliases: [category] }],
      grammars: [{ language: 'autodevops', scopeName: 'text.autodevops', path: './media/page.tmLanguage.json' }],
      configurationDefaults: {
        '[autodevops]': {
          'editor.wordWrap': 'on',
          'editor.minimap.enabled': false,
          'editor.lineNumbers': 'off',
          'editor.occurrencesHighlight': 'off',
          'editor.renderLineHighlight': 'none',
          'editor.guides.indentation': false,
          'editor.wordBasedSuggestions': 'off',
        },
      },
      // For the YAML extension, where it is installed: completion and mistakes in the configuration.
      yamlValidation: [{ fileMatch: 'local-config.yaml', url: './schemas/configuration.schema.json' }],
      chatParticipants: [participantOf(texts)],
      languageModelTools: toolsOf(texts),
      taskDefinitions: [{ type: checkTask.type, properties: {} }],
      problemMatchers: [problemMatcher],
      mcpServerDefinitionProviders: [{ id: mcpProvider, label: category }],
    },
  };
  return { manifest, texts: texts.json() };
}
