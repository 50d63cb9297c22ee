import type { Block, ChosenValues } from './messages.ts';

/** What an app gives for a view. */
export interface ViewContent {
  readonly type: 'modal' | 'home';
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly external_id?: string;
  readonly title?: Readonly<Record<string, unknown>>;
  readonly submit?: Readonly<Record<string, unknown>>;
  readonly close?: Readonly<Record<string, unknown>>;
  readonly blocks: readonly Block[];
  readonly clear_on_close?: boolean;
  readonly notify_on_close?: boolean;
}

/** A modal that a person has open, or the Home tab of an app as one person has it. */
export interface View {
  readonly id: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly app: string;
  readonly team: string;
  readonly bot: string;
  readonly user: string;
  content: ViewContent;
  hash: string;
  /** What was typed and chosen, by block and action. */
  values: ChosenValues;
  isOpen: boolean;
}

/** As answers and payloads have it. */
export function describeView(view: View): Record<string, unknown> {
  const { content } = view;
  return {
    id: view.id,
    team_id: view.team,
    type: content.type,
    title: content.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    submit: content.submit ?? null,
    close: content.close ?? null,
    blocks: content.blocks,
    private_metadata: content.private_metadata ?? '',
    callback_id: content.callback_id ?? '',
    external_id: content.external_id ?? '',
    state: { values: view.values },
    hash: view.hash,
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: view.app,
    app_installed_team_id: view.team,
    bot_id: view.bot,
  };
}
