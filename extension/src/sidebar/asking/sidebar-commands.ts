import { slashCommands } from '../../contributions/chat.ts';

/** The commands of every chat, and help, which only the sidebar has to give by itself. */
export const sidebarCommands = { ...slashCommands, help: 'What can be asked here, and how.' } as const;
export type SidebarCommand = keyof typeof sidebarCommands;
export const sidebarCommandNames = Object.keys(sidebarCommands) as readonly SidebarCommand[];
